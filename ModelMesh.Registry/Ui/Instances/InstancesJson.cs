using System.Text.Json.Serialization;

namespace ModelMesh.Registry.Ui.Instances;

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
[JsonSerializable(typeof(InstanceLive))]
internal sealed partial class InstancesJson : JsonSerializerContext;
