using ModelMesh.Contracts.Catalog;

namespace ModelMesh.Registry.Queue;

/// <summary>How many requests wait for a slot, over all replicas. Thread-safe.</summary>
internal interface IQueueCounts
{
    /// <summary>Counts the waiters of many models at once, in the order asked.</summary>
    /// <exception cref="Contracts.Errors.MeshException"><c>store_unavailable</c>.</exception>
    Task<IReadOnlyList<int>> CountAsync(IReadOnlyList<ModelId> models);
}
