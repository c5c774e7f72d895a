using System.Text.Json;
using System.Text.Json.Serialization;
using ModelMesh.Contracts.Errors;
using ModelMesh.ServiceDefaults.Errors;

namespace ModelMesh.Gateway.Errors;

/// <summary>OpenAI's error body, also as an event of a stream. Its <c>code</c> is the mesh's own, which for an unknown model is OpenAI's too.</summary>
internal sealed class OpenAIErrorShape : IErrorShape
{
    public ReadOnlyMemory<byte> Write(MeshException error, HttpContext context) => Body(error);

    public static byte[] Body(MeshException error) => JsonSerializer.SerializeToUtf8Bytes(new OpenAIErrorBody(Info(error)), OpenAIErrorJson.Readable.OpenAIErrorBody);

    public static OpenAIErrorInfo Info(MeshException error)
    {
        var own = ErrorBody.From(error).Error;
        return new OpenAIErrorInfo(own.Message, TypeOf(error.Code), own.Details is [var only, ..] && only.Field.Length > 0 ? only.Field : null, own.Code, own.RetryAfterMs, own.Details);
    }

    private static string TypeOf(ErrorCode code) => code switch
    {
        ErrorCode.Unauthenticated => "authentication_error",
        ErrorCode.PermissionDenied => "permission_error",
        ErrorCode.CapacityExceeded or ErrorCode.RateLimited => "rate_limit_error",
        _ => ErrorTable.Row(code).HttpStatus < StatusCodes.Status500InternalServerError ? "invalid_request_error" : "server_error",
    };
}

internal sealed record OpenAIErrorBody(OpenAIErrorInfo Error);

/// <param name="Param">The first field that is at fault.</param>
/// <param name="RetryAfterMs">Not OpenAI's: absent when there is nothing to wait for.</param>
/// <param name="Details">Not OpenAI's: every fault.</param>
internal sealed record OpenAIErrorInfo(
    string Message,
    string Type,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.Never)] string? Param,
    string Code,
    long? RetryAfterMs,
    IReadOnlyList<ErrorDetail>? Details);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(OpenAIErrorBody))]
internal sealed partial class OpenAIErrorJson : JsonSerializerContext
{
    public static OpenAIErrorJson Readable { get; } = new(ReadableJson.Options());
}
