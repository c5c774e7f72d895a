using ModelMesh.Contracts.Catalog;

namespace ModelMesh.ServiceDefaults.Catalog;

/// <summary>This process's view of the catalog: an immutable snapshot, followed in the background. Thread-safe.</summary>
public interface ICatalog
{
    /// <summary>The newest snapshot this process has. Reading it costs nothing; it may be some milliseconds old.</summary>
    CatalogSnapshot Current { get; }

    /// <summary>Raised after <see cref="Current"/> changed, in order, never concurrently. Handlers must be quick and must not throw.</summary>
    event Action<CatalogChange>? Changed;

    /// <summary>
    /// Asks the store for its revision and loads what is missing. The result is at least as new as the store was when this was called.
    /// Concurrent callers share one round trip, so a flood of unknown names costs the store nothing.
    /// </summary>
    /// <exception cref="Contracts.Errors.MeshException"><c>store_unavailable</c>.</exception>
    Task<CatalogSnapshot> RefreshAsync(CancellationToken cancellationToken);
}

/// <summary>One swap of the snapshot, with the events that explain it.</summary>
public sealed record CatalogChange(CatalogSnapshot Previous, CatalogSnapshot Current, IReadOnlyList<CatalogEvent> Events);
