using ModelMesh.ServiceDefaults.Shadows;

namespace ModelMesh.Gateway.Shadows;

/// <summary>Where what all gateways counted is summed. Thread-safe.</summary>
internal interface IShadowFigures
{
    /// <summary>Adds a batch. The same one may come again, and counts once.</summary>
    /// <exception cref="Contracts.Errors.MeshException"><c>store_unavailable</c>.</exception>
    Task AddAsync(ShadowBatch batch);
}
