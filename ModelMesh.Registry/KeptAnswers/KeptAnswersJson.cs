using System.Text.Json.Serialization;

namespace ModelMesh.Registry.KeptAnswers;

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
[JsonSerializable(typeof(ClearedView))]
internal sealed partial class KeptAnswersJson : JsonSerializerContext;
