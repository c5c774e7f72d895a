using System.Text.Json;
using System.Text.Json.Serialization;
using ModelMesh.Contracts.Errors;
using ModelMesh.Gateway.Diagnostics;
using ModelMesh.ServiceDefaults.Errors;

namespace ModelMesh.Gateway.Errors;

/// <summary>Anthropic's error body, also as an event of a stream.</summary>
internal sealed class AnthropicErrorShape : IErrorShape
{
    private const string NotFound = "not_found_error";

    // A path where nothing is has a status of its own, which no code stands for.
    public ReadOnlyMemory<byte> Write(MeshException error, HttpContext context) =>
        Body(error, context.Response.StatusCode == StatusCodes.Status404NotFound ? NotFound : TypeOf(error.Code), RequestId.Of(context));

    public static byte[] Body(MeshException error, string requestId) => Body(error, TypeOf(error.Code), requestId);

    private static byte[] Body(MeshException error, string type, string requestId) =>
        JsonSerializer.SerializeToUtf8Bytes(new AnthropicErrorBody("error", new AnthropicErrorInfo(type, error.Message), requestId), AnthropicErrorJson.Readable.AnthropicErrorBody);

    private static string TypeOf(ErrorCode code) => code switch
    {
        ErrorCode.Unauthenticated => "authentication_error",
        ErrorCode.PermissionDenied => "permission_error",
        ErrorCode.ModelNotFound => NotFound,
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
