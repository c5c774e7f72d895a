using System.Text.Json;
using System.Text.Json.Serialization;
using ModelMesh.Contracts.Errors;
using ModelMesh.ServiceDefaults.Errors;

namespace ModelMesh.Gateway.Errors;

/// <summary>Ollama's error body, also as a line of a stream. The code is the mesh's addition.</summary>
internal sealed class OllamaErrorShape : IErrorShape
{
    public ReadOnlyMemory<byte> Write(MeshException error, HttpContext context) => Body(error);

    public static byte[] Body(MeshException error) => JsonSerializer.SerializeToUtf8Bytes(new OllamaErrorBody(error.Message, ErrorTable.Row(error.Code).Name), OllamaErrorJson.Readable.OllamaErrorBody);
}

internal sealed record OllamaErrorBody(string Error, string Code);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
[JsonSerializable(typeof(OllamaErrorBody))]
[JsonSerializable(typeof(string))]
internal sealed partial class OllamaErrorJson : JsonSerializerContext
{
    public static OllamaErrorJson Readable { get; } = new(ReadableJson.Options());
}
