using ModelMesh.Contracts.Catalog;
using ModelMesh.Contracts.Errors;
using ModelMesh.Contracts.Traffic;
using ModelMesh.ServiceDefaults.Catalog;
using ModelMesh.ServiceDefaults.Traffic;

namespace ModelMesh.Gateway.Tests.Fakes;

/// <summary>A catalog whose store may be ahead of what the gateway has, or away.</summary>
internal sealed class FakeCatalog : ICatalog
{
    private CatalogSnapshot _stored;
    private int _refreshes;

    public FakeCatalog(params ModelVersion[] models) => Current = _stored = CatalogSnapshot.Create(models.Length, models);

    public event Action<CatalogChange>? Changed
    {
        add { }
        remove { }
    }

    public CatalogSnapshot Current { get; private set; }

    public int Refreshes => Volatile.Read(ref _refreshes);

    public bool StoreIsAway { get; set; }

    public static ModelVersion Model(string name = "chat", string version = "v1", int weight = 100, bool shadow = false, bool draining = false, long revision = 1) => new()
    {
        Name = name,
        Version = version,
        BackendType = "mock",
        Weight = weight,
        Shadow = shadow,
        Draining = draining,
        Revision = revision,
    };

    /// <summary>Changes the store behind the gateway's back.</summary>
    public void Store(params ModelVersion[] models) => _stored = CatalogSnapshot.Create(_stored.Revision + 1, models);

    /// <summary>What else is in the catalog, known to the gateway at once.</summary>
    public FakeCatalog With(params ITrafficEntry[] entries)
    {
        Current = _stored = Current.With(Current.Revision + 1, TrafficSnapshot.Create(entries.Select(entry => KeyValuePair.Create(IdOf(entry), entry))));
        return this;
    }

    /// <summary>Changes what else is in the store behind the gateway's back.</summary>
    public void StoreTraffic(params ITrafficEntry[] entries) =>
        _stored = _stored.With(_stored.Revision + 1, TrafficSnapshot.Create(entries.Select(entry => KeyValuePair.Create(IdOf(entry), entry))));

    public Task<CatalogSnapshot> RefreshAsync(CancellationToken cancellationToken)
    {
        Interlocked.Increment(ref _refreshes);
        if (StoreIsAway)
        {
            throw new MeshException(ErrorCode.StoreUnavailable);
        }

        return Task.FromResult(Current = _stored);
    }

    private static TrafficId IdOf(ITrafficEntry entry) => entry switch
    {
        Alias alias => new(TrafficKinds.Alias, alias.Name),
        RoutingRule rule => new(TrafficKinds.Rule, rule.Name),
        RoutingDefaults => new(TrafficKinds.Routing, "defaults"),
        RateLimit limit => new(TrafficKinds.Limit, limit.Name),
        Caller caller => new(TrafficKinds.Caller, caller.Name),
        Rollout rollout => new(TrafficKinds.Rollout, rollout.Model),
        _ => throw new ArgumentException($"{entry.GetType().Name} is no kind of entry.", nameof(entry)),
    };
}
