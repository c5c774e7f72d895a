using System.Text.Json.Serialization;
using ModelMesh.Backends.Wire.OpenAIWire.Answers;
using ModelMesh.Backends.Wire.OpenAIWire.Embeddings;

namespace ModelMesh.Backends.Wire.OpenAIWire;

/// <summary>How the rarer parts of the wire format are read, generated at compile time.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower, GenerationMode = JsonSourceGenerationMode.Metadata, NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals)]
[JsonSerializable(typeof(WireLogProbabilities))]
[JsonSerializable(typeof(WireUsage))]
[JsonSerializable(typeof(WireEmbeddings))]
[JsonSerializable(typeof(ModelList))]
internal sealed partial class OpenAIWireJson : JsonSerializerContext;
