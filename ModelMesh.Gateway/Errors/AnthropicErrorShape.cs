using System.Text.Json;
using System.Text.Json.Serialization;
using ModelMesh.Contracts.Errors;
using ModelMesh.Gateway.Diagnostics;
using ModelMesh.ServiceDefaults.Errors;

namespace ModelMesh.Gateway.Errors;

/// <summary>Anthropic's error body, also as an event of a stream.</summary>
internal sealed class AnthropicErrorShape : IErrorShape
{
    public ReadOnlyMemory<byte> Write(MeshException error, HttpContext context) => Body(error, RequestId.Of(context));

    public static byte[] Body(MeshException error, string requestId) =>
        JsonSerializer.SerializeToUtf8Bytes(new AnthropicErrorBody("error", new AnthropicErrorInfo(TypeOf(error.Code), error.Message), requestId), AnthropicErrorJson.Readable.AnthropicErrorBody);

    private static string TypeOf(ErrorCode code) => code switch
    {
        ErrorCode.Unauthenticated => "authentication_error",
        ErrorCode.PermissionDenied => "permission_error",
        ErrorCode.ModelNotFound => "not_found_error",
        ErrorCode.PayloadTooLarge => "request_too_large",
        ErrorCode.CapacityExceeded or ErrorCode.RateLimited => "rate_limit_error",
        ErrorCode.BackendUnavailable or ErrorCode.StoreUnavailable => "overloaded_error",
        ErrorCode.Timeout => "timeout_error",
        _ => ErrorTable.Row(code).HttpStatus < StatusCodes.Status500InternalServerError ? "invalid_request_error" : "api_error",
    };
}

internal sealed record AnthropicErrorBody(string Type, AnthropicErrorInfo Error, string RequestId);

internal sealed record AnthropicErrorInfo(string Type, string Message);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
[JsonSerializable(typeof(AnthropicErrorBody))]
internal sealed partial class AnthropicErrorJson : JsonSerializerContext
{
    public static AnthropicErrorJson Readable { get; } = new(ReadableJson.Options());
}
