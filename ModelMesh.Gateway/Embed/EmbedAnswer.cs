using System.Text.Json.Serialization;
using ModelMesh.Contracts.V1;

namespace ModelMesh.Gateway.Embed;

/// <summary>The answer of <c>POST /embed</c>.</summary>
/// <param name="Embeddings">One for each input, in their order.</param>
internal sealed record EmbedAnswer(IReadOnlyList<IReadOnlyList<float>> Embeddings, EmbedUsage Usage, string Model, string Version, long Revision)
{
    public static EmbedAnswer From(EmbedResponse response) => new(
        [.. response.Embeddings.Select(embedding => (IReadOnlyList<float>)embedding.Values)],
        new EmbedUsage(response.Usage?.InputTokens ?? 0, response.Usage?.TotalTokens ?? 0, response.Usage is { Estimated: false } ? null : true),
        response.Accepted.Model,
        response.Accepted.Version,
        response.Accepted.Revision);
}

internal sealed record EmbedUsage(long InputTokens, long TotalTokens, bool? Estimated);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(EmbedAnswer))]
internal sealed partial class EmbedJson : JsonSerializerContext;
