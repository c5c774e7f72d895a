using System.Text.Json.Serialization;
using ModelMesh.Contracts.V1;
using ModelMesh.Gateway.Errors;
using ModelMesh.Gateway.Ollama.Answers;

namespace ModelMesh.Gateway.Ollama.Embed;

/// <summary>The answer of <c>POST /api/embed</c>; durations in nanoseconds.</summary>
/// <param name="Model">As the client named it.</param>
/// <param name="Embeddings">One for each input, in their order.</param>
internal sealed record EmbeddingsAnswer(string Model, IReadOnlyList<IReadOnlyList<float>> Embeddings, long TotalDuration, long LoadDuration, long PromptEvalCount)
{
    public static EmbeddingsAnswer From(string model, EmbedResponse response, CallTimes times) => new(
        model,
        [.. response.Embeddings.Select(embedding => (IReadOnlyList<float>)embedding.Values)],
        Nanoseconds.Of(times.Total),
        Nanoseconds.Of(times.Load),
        response.Usage?.InputTokens ?? 0);
}

/// <summary>The answer of <c>POST /api/embeddings</c>, whose request has one text.</summary>
internal sealed record EmbeddingAnswer(IReadOnlyList<float> Embedding)
{
    public static EmbeddingAnswer From(EmbedResponse response) => new(response.Embeddings is [var first, ..] ? first.Values : []);
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
[JsonSerializable(typeof(EmbeddingsAnswer))]
[JsonSerializable(typeof(EmbeddingAnswer))]
internal sealed partial class OllamaEmbedJson : JsonSerializerContext
{
    public static OllamaEmbedJson Readable { get; } = new(ReadableJson.Options());
}
