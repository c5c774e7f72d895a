using Microsoft.Extensions.AI;
using ModelMesh.Contracts.Catalog;

namespace ModelMesh.Registry.Inference;

/// <summary>Texts to make embeddings of with one model version.</summary>
internal sealed record EmbeddingRequest(string RequestId, ModelId Id, IReadOnlyList<string> Inputs)
{
    /// <summary>How long the vectors should be; null leaves it to the model.</summary>
    public int? Dimensions { get; init; }

    /// <summary>The caller's backend-only fields.</summary>
    public AdditionalPropertiesDictionary? Extra { get; init; }
}

/// <summary>Vectors, one for each input in their order.</summary>
internal sealed record EmbeddingAnswer(ModelVersion Model, GeneratedEmbeddings<Embedding<float>> Embeddings);
