using ModelMesh.ServiceDefaults.Shadows;

namespace ModelMesh.Gateway.Shadows;

/// <summary>Figures summed in the store.</summary>
internal sealed class StoredShadowFigures(ShadowStore store) : IShadowFigures
{
    // A gateway has no name of its own, and one that starts again counts anew.
    private readonly string _gateway = Guid.NewGuid().ToString("N");

    public Task AddAsync(ShadowBatch batch) => store.AddAsync(_gateway, batch);
}
