using System.Text.Json.Serialization;
using ModelMesh.Gateway.Errors;

namespace ModelMesh.Gateway.Ollama.Models;

/// <summary>The answer of <c>GET /api/tags</c>.</summary>
internal sealed record TagsAnswer(IReadOnlyList<ListedModel> Models);

/// <summary>The answer of <c>GET /api/ps</c>.</summary>
internal sealed record RunningAnswer(IReadOnlyList<RunningModel> Models);

/// <summary>The answer of <c>GET /api/version</c>.</summary>
internal sealed record VersionAnswer(string Version);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
[JsonSerializable(typeof(TagsAnswer))]
[JsonSerializable(typeof(RunningAnswer))]
[JsonSerializable(typeof(VersionAnswer))]
[JsonSerializable(typeof(ShowAnswer))]
internal sealed partial class OllamaModelsJson : JsonSerializerContext
{
    public static OllamaModelsJson Readable { get; } = new(ReadableJson.Options());
}
