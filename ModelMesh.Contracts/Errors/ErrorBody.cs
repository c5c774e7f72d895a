using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace ModelMesh.Contracts.Errors;

/// <summary>One fault of a request: the field's path as the client wrote it (empty: the body as a whole), and what is wrong with it.</summary>
public sealed record ErrorDetail(string Field, string Message);

/// <summary>The one error body, of HTTP answers and of <c>event: error</c>.</summary>
public sealed record ErrorBody(ErrorInfo Error)
{
    public static ErrorBody From(MeshException exception)
    {
        var row = ErrorTable.Row(exception.Code);
        return new ErrorBody(new ErrorInfo(
            row.Name,
            exception.Message,
            row.Type,
            exception.RetryAfter is { } wait ? (long)Math.Ceiling(wait.TotalMilliseconds) : null,
            exception.Details.Count > 0 ? exception.Details : null));
    }
}

public sealed record ErrorInfo(string Code, string Message, string Type, long? RetryAfterMs, IReadOnlyList<ErrorDetail>? Details);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(ErrorBody))]
[JsonSerializable(typeof(IReadOnlyList<ErrorDetail>))]
public sealed partial class ErrorJson : JsonSerializerContext
{
    /// <summary>For people to read: quotes and letters stay what they are. Safe where the answer is JSON and says so, as ours do.</summary>
    public static ErrorJson Readable { get; } = new(new JsonSerializerOptions
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    });
}
