using System.Text.Json.Serialization;

namespace ModelMesh.Gateway.OpenAI.Responses.Body;

[JsonSerializable(typeof(string))]
internal sealed partial class ExtraJson : JsonSerializerContext;
