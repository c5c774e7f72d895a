using ModelMesh.ServiceDefaults.Catalog;

namespace ModelMesh.Bench.Micro;

/// <summary>A catalog that never changes.</summary>
internal sealed class FixedCatalog(CatalogSnapshot snapshot) : ICatalog
{
    public event Action<CatalogChange>? Changed
    {
        add { }
        remove { }
    }

    public CatalogSnapshot Current => snapshot;

    public Task<CatalogSnapshot> RefreshAsync(CancellationToken cancellationToken) => Task.FromResult(snapshot);
}
