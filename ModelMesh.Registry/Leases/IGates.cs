using ModelMesh.Contracts.Catalog;

namespace ModelMesh.Registry.Leases;

/// <summary>What admission asks of a model besides a slot. Thread-safe.</summary>
internal interface IGates
{
    /// <summary>
    /// Writes the gate of a model that the catalog holds, where it is absent or of an older revision; else leaves it alone, so a replica
    /// with an old snapshot cannot re-open what was closed.
    /// </summary>
    /// <returns>False when it was closed for good at this very revision: the model is being deleted, and nothing opens it again.</returns>
    /// <exception cref="Contracts.Errors.MeshException"><c>store_unavailable</c>.</exception>
    Task<bool> RestoreAsync(ModelVersion model, CancellationToken cancellationToken);
}
