using ModelMesh.Contracts.Catalog;

namespace ModelMesh.Registry.Leases;

/// <summary>How many requests are in flight, over all replicas. Thread-safe.</summary>
internal interface ILeaseCounts
{
    /// <summary>Counts live leases of many models at once, in the order asked.</summary>
    /// <exception cref="Contracts.Errors.MeshException"><c>store_unavailable</c>.</exception>
    Task<IReadOnlyList<int>> CountAsync(IReadOnlyList<ModelId> models);
}
