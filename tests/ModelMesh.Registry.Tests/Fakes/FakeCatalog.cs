using ModelMesh.Contracts.Catalog;
using ModelMesh.Contracts.Traffic;
using ModelMesh.ServiceDefaults.Catalog;

namespace ModelMesh.Registry.Tests.Fakes;

/// <summary>A catalog whose store is a field. A change made "elsewhere" is not known here until a refresh.</summary>
internal sealed class FakeCatalog : ICatalog
{
    private readonly Lock _lock = new();
    private volatile CatalogSnapshot _current = CatalogSnapshot.Empty;
    private volatile CatalogSnapshot _store = CatalogSnapshot.Empty;

    public event Action<CatalogChange>? Changed;

    public CatalogSnapshot Current => _current;

    public int Refreshes { get; private set; }

    public Task<CatalogSnapshot> RefreshAsync(CancellationToken cancellationToken)
    {
        lock (_lock)
        {
            Refreshes++;
        }

        Follow();
        return Task.FromResult(_current);
    }

    /// <summary>Registers or updates a model and returns it with its new revision.</summary>
    public ModelVersion Put(ModelVersion model, bool elsewhere = false)
    {
        ModelVersion stored;
        lock (_lock)
        {
            stored = model with { Revision = _store.Revision + 1 };
            _store = _store.With(stored.Revision, stored);
        }

        FollowUnless(elsewhere);
        return stored;
    }

    /// <summary>Writes a rollout as its model's newest.</summary>
    public void Put(Rollout rollout)
    {
        lock (_lock)
        {
            var revision = _store.Revision + 1;
            _store = _store.With(revision, _store.Traffic.With(new TrafficId(TrafficKinds.Rollout, rollout.Model), rollout with { Revision = revision }));
        }

        Follow();
    }

    public void Remove(ModelId id, bool elsewhere = false)
    {
        lock (_lock)
        {
            _store = _store.Without(_store.Revision + 1, id);
        }

        FollowUnless(elsewhere);
    }

    private void FollowUnless(bool elsewhere)
    {
        if (!elsewhere)
        {
            Follow();
        }
    }

    private void Follow()
    {
        lock (_lock)
        {
            if (_store.Revision != _current.Revision)
            {
                var before = _current;
                _current = _store;
                Changed?.Invoke(new CatalogChange(before, _store, []));
            }
        }
    }
}
