using ModelMesh.Contracts.Catalog;

namespace ModelMesh.Gateway.Ollama.Models;

/// <summary>A model as <c>GET /api/tags</c> lists it.</summary>
/// <param name="Name">What a client asks for it by.</param>
/// <param name="Size">Bytes on disk: the mesh has none.</param>
/// <param name="Digest">Another one after every change of what the name stands for.</param>
internal sealed record ListedModel(string Name, string Model, DateTimeOffset ModifiedAt, long Size, string Digest, ModelDetails Details)
{
    /// <param name="versions">What serves it; at least one.</param>
    /// <param name="parent">The model that an adapter changes; empty for a model.</param>
    public static ListedModel Of(string name, IReadOnlyList<ModelVersion> versions, string parent = "") =>
        new(name, name, versions.Max(model => model.UpdatedAt), 0, ModelDigest.Of(name, versions), ModelDetails.Of(parent, versions));
}
