using System.Text.Json.Serialization;

namespace ModelMesh.Contracts.Figures;

/// <summary>How figures are written in the store. What is a default is left out.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingDefault, RespectNullableAnnotations = true)]
[JsonSerializable(typeof(ModelFigures))]
public sealed partial class FigureJson : JsonSerializerContext;
