using System.Text.Json.Serialization;

namespace ModelMesh.Registry.Ui.Requests;

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(RequestFacts))]
[JsonSerializable(typeof(RequestProgress))]
[JsonSerializable(typeof(RequestsSummary))]
internal sealed partial class RequestsUiJson : JsonSerializerContext;
