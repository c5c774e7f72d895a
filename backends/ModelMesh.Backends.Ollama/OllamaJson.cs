using System.Text.Json.Serialization;
using ModelMesh.Backends.Ollama.Health;

namespace ModelMesh.Backends.Ollama;

/// <summary>Ollama's whole answers.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
[JsonSerializable(typeof(InstalledModels))]
[JsonSerializable(typeof(LoadedModels))]
[JsonSerializable(typeof(EmbedAnswer))]
internal sealed partial class OllamaJson : JsonSerializerContext;

/// <summary>What <c>/api/embed</c> answers.</summary>
internal sealed record EmbedAnswer(float[]?[]? Embeddings, long? PromptEvalCount);
