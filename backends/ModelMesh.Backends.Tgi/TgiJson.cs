using System.Text.Json.Serialization;
using ModelMesh.Backends.Tgi.Health;
using ModelMesh.Backends.Tgi.Prompting;

namespace ModelMesh.Backends.Tgi;

/// <summary>TGI's whole answers.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
[JsonSerializable(typeof(TemplatedPrompt))]
[JsonSerializable(typeof(IReadOnlyList<PromptToken>))]
[JsonSerializable(typeof(ServerInfo))]
internal sealed partial class TgiJson : JsonSerializerContext;
