using System.Text.Json.Serialization;
using ModelMesh.Registry.Ui.Models;

namespace ModelMesh.Registry.Ui;

/// <summary>How the UI's own data is written for its scripts.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(ModelLive))]
internal sealed partial class UiJson : JsonSerializerContext;
