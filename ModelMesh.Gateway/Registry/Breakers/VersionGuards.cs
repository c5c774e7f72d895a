using System.Collections.Concurrent;
using ModelMesh.Contracts.Catalog;
using ModelMesh.ServiceDefaults.Catalog;

namespace ModelMesh.Gateway.Registry.Breakers;

/// <summary>A guard for each model version that was asked. An update begins afresh, since it may be what repairs the version; what is deleted is forgotten. Thread-safe.</summary>
internal sealed class VersionGuards
{
    private readonly ConcurrentDictionary<ModelId, VersionGuard> _guards = new();
    private readonly TimeProvider _time;

    public VersionGuards(ICatalog catalog, TimeProvider time)
    {
        _time = time;
        catalog.Changed += Forget;
    }

    public IEnumerable<VersionGuard> All => _guards.Values;

    public VersionGuard Of(ModelVersion model)
    {
        while (true)
        {
            var known = _guards.GetOrAdd(model.Id, static (_, given) => new VersionGuard(given.model, given.time), (model, time: _time));

            // A request that still holds the older revision learns for the newer one: both have the same upstream more often than not.
            if (known.Revision >= model.Revision || _guards.TryUpdate(model.Id, new VersionGuard(model, _time), known))
            {
                return known.Revision >= model.Revision ? known : _guards.GetValueOrDefault(model.Id) ?? known;
            }
        }
    }

    private void Forget(CatalogChange change)
    {
        foreach (var id in _guards.Keys)
        {
            if (change.Current.Find(id) is null)
            {
                _guards.TryRemove(id, out _);
            }
        }
    }
}
