using System.Text.Json;
using ModelMesh.Contracts.Errors;
using ModelMesh.Contracts.V1;
using ModelMesh.Gateway.Answers;
using ModelMesh.Gateway.OpenAI.Responses.Output;

namespace ModelMesh.Gateway.OpenAI.Responses;

/// <summary>The response object at each point of its life.</summary>
internal sealed class ResponseObject(AnswerContext context, ResponseEcho echo)
{
    public string RequestId => context.RequestId;

    /// <summary>How the client wants to see what the model thinks.</summary>
    public PartKind Reasoning => echo.WantsSummary ? PartKind.ReasoningSummary : PartKind.ReasoningText;

    /// <summary>The API's word for why an answer is not complete; null for one that is.</summary>
    public static string? IncompleteReason(Completed completed) => completed.FinishReason switch
    {
        "length" => "max_output_tokens",
        "content_filter" => "content_filter",
        _ => null,
    };

    public ReadOnlyMemory<byte> InProgress() => Write("in_progress", [], null, null, null);

    public ReadOnlyMemory<byte> Ended(IReadOnlyList<OutputItem> items, Completed completed)
    {
        var incomplete = IncompleteReason(completed);
        return Write(incomplete is null ? "completed" : "incomplete", items, incomplete, null, completed);
    }

    public ReadOnlyMemory<byte> Failed(IReadOnlyList<OutputItem> items, MeshException error) => Write("failed", items, null, error, null);

    private ReadOnlyMemory<byte> Write(string status, IReadOnlyList<OutputItem> items, string? incomplete, MeshException? error, Completed? completed)
    {
        var own = ReadableBytes.Write(json =>
        {
            json.WriteStartObject();
            json.WriteString("id"u8, $"resp_{context.RequestId}");
            json.WriteString("object"u8, "response"u8);
            json.WriteNumber("created_at"u8, context.Created.ToUnixTimeSeconds());
            json.WriteString("status"u8, status);
            WriteError(json, error);
            WriteIncomplete(json, incomplete);
            json.WriteStartArray("output"u8);
            foreach (var item in items)
            {
                item.Write(json);
            }

            json.WriteEndArray();
            WriteUsage(json, completed);
            if (!echo.NamesModel)
            {
                json.WriteString("model"u8, context.Accepted.Model);
            }

            json.WriteEndObject();
        });
        byte[] whole = [.. own.Span[..^1], (byte)',', .. echo.Fields.Span];
        return whole;
    }

    private static void WriteError(Utf8JsonWriter json, MeshException? error)
    {
        if (error is null)
        {
            json.WriteNull("error"u8);
            return;
        }

        json.WriteStartObject("error"u8);
        json.WriteString("code"u8, error.Code switch
        {
            ErrorCode.CapacityExceeded or ErrorCode.RateLimited => "rate_limit_exceeded",

            // Nothing that its clients know fits an operator's end; this one they do not send again.
            ErrorCode.InvalidRequest or ErrorCode.Cancelled => "invalid_prompt",
            _ => "server_error",
        });
        json.WriteString("message"u8, error.Message);
        json.WriteEndObject();
    }

    private static void WriteIncomplete(Utf8JsonWriter json, string? reason)
    {
        if (reason is null)
        {
            json.WriteNull("incomplete_details"u8);
            return;
        }

        json.WriteStartObject("incomplete_details"u8);
        json.WriteString("reason"u8, reason);
        json.WriteEndObject();
    }

    private static void WriteUsage(Utf8JsonWriter json, Completed? completed)
    {
        if (completed is null)
        {
            json.WriteNull("usage"u8);
            return;
        }

        ResponseUsageJson.Write(json, completed.Usage ?? new Usage());
        SkippedChunksJson.Write(json, completed.SkippedChunks);
    }
}
