using Microsoft.Extensions.AI;
using ModelMesh.Backends.Sdk;
using ModelMesh.Contracts.Catalog;
using ModelMesh.Registry.Requests;

namespace ModelMesh.Registry.Inference;

/// <summary>Texts to make embeddings of with one model version.</summary>
internal sealed record EmbeddingRequest(string RequestId, ModelId Id, IReadOnlyList<string> Inputs)
{
    /// <summary>How long the vectors should be; null leaves it to the model.</summary>
    public int? Dimensions { get; init; }

    /// <summary>The caller's backend-only fields.</summary>
    public AdditionalPropertiesDictionary? Extra { get; init; }

    /// <summary>The LoRA adapter that is to make them; null for the model itself.</summary>
    public string? Adapter { get; init; }

    /// <summary>Whether <see cref="Extra"/> is left out where the backend does not take it, instead of refused.</summary>
    public bool Lenient { get; init; }

    /// <summary>What keeps requests that belong together at one endpoint; empty when the caller did not say.</summary>
    public string HashKey { get; init; } = "";

    /// <summary>The place in a queue, from -100 to 100; the higher goes first.</summary>
    public int Priority { get; init; }

    /// <summary>Whose it is; null where its gateway did not say.</summary>
    public RequestClient? Client { get; init; }

    /// <summary>What a backend is called with.</summary>
    public BackendEmbeddingOptions OptionsFor(ChatFeatures features) => new()
    {
        RequestId = RequestId,
        ModelId = Adapter,
        Dimensions = Dimensions,
        AdditionalProperties = features.HasFlag(ChatFeatures.Extra) ? Extra : null,
    };
}

/// <summary>Vectors, one for each input in their order, and what they cost.</summary>
internal sealed record EmbeddingAnswer(ModelVersion Model, IReadOnlyList<float[]> Vectors, long InputTokens, long TotalTokens, bool UsageIsEstimated)
{
    /// <summary>What it took to get them.</summary>
    public AnswerCost Cost { get; init; }

    /// <summary>Copies the vectors: their memory is the plugin's, which may be gone once its pin is.</summary>
    public static EmbeddingAnswer Of(ModelVersion model, GeneratedEmbeddings<Embedding<float>> made)
    {
        var input = made.Usage?.InputTokenCount ?? 0;
        return new EmbeddingAnswer(model, [.. made.Select(embedding => embedding.Vector.ToArray())], input, made.Usage?.TotalTokenCount ?? input, made.Usage is not ({ InputTokenCount: not null } or { TotalTokenCount: not null }));
    }
}
