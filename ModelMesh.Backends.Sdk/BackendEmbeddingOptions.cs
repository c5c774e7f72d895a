using Microsoft.Extensions.AI;

namespace ModelMesh.Backends.Sdk;

/// <summary>
/// The options of every call for embeddings that the mesh makes, with what <see cref="EmbeddingGenerationOptions"/> has no place for.
/// <see cref="EmbeddingGenerationOptions.AdditionalProperties"/> holds the caller's backend-only fields (<c>extra</c>), each a
/// <see cref="System.Text.Json.JsonElement"/>, and nothing of the mesh's, so it may be passed upstream as it is. <see cref="EmbeddingGenerationOptions.ModelId"/> is null for the
/// model itself, else one of the LoRA adapters that the operator registered with it. Since 1.2.
/// </summary>
public sealed class BackendEmbeddingOptions : EmbeddingGenerationOptions
{
    /// <summary>Makes options with nothing set.</summary>
    public BackendEmbeddingOptions()
    {
    }

    private BackendEmbeddingOptions(BackendEmbeddingOptions other)
        : base(other) => RequestId = other.RequestId;

    /// <summary>The mesh's name for the request, for logs and upstream headers.</summary>
    public string? RequestId { get; set; }

    /// <inheritdoc/>
    public override EmbeddingGenerationOptions Clone() => new BackendEmbeddingOptions(this);
}
