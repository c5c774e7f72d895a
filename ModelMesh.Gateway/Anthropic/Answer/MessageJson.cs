using System.Text.Json;
using ModelMesh.Contracts.V1;
using ModelMesh.Gateway.Answers;

namespace ModelMesh.Gateway.Anthropic.Answer;

/// <summary>What a whole message and the events of a streamed one have in common.</summary>
internal static class MessageJson
{
    /// <param name="content">Writes the blocks.</param>
    /// <param name="stopReason">Null while the answer is being made.</param>
    public static void WriteMessage(Utf8JsonWriter json, string requestId, string model, Action<Utf8JsonWriter>? content, string? stopReason, Usage usage, int skippedChunks = 0)
    {
        json.WriteStartObject();
        json.WriteString("id"u8, $"msg_{requestId}");
        json.WriteString("type"u8, "message"u8);
        json.WriteString("role"u8, "assistant"u8);
        json.WriteString("model"u8, model);
        json.WriteStartArray("content"u8);
        content?.Invoke(json);
        json.WriteEndArray();
        WriteStop(json, stopReason);
        WriteUsage(json, usage);
        SkippedChunksJson.Write(json, skippedChunks);
        json.WriteEndObject();
    }

    // Which of the stop sequences it was no backend says, so that none is told from the end of a turn.
    public static void WriteStop(Utf8JsonWriter json, string? stopReason)
    {
        json.WriteString("stop_reason"u8, stopReason);
        json.WriteNull("stop_sequence"u8);
    }

    // Here input tokens are those that no cache had; elsewhere they are all.
    public static void WriteUsage(Utf8JsonWriter json, Usage usage)
    {
        json.WriteStartObject("usage"u8);
        json.WriteNumber("input_tokens"u8, Math.Max(0, usage.InputTokens - usage.CachedInputTokens));
        json.WriteNumber("cache_creation_input_tokens"u8, 0);
        json.WriteNumber("cache_read_input_tokens"u8, usage.CachedInputTokens);
        json.WriteNumber("output_tokens"u8, usage.OutputTokens);
        if (usage.HasReasoningTokens)
        {
            json.WriteStartObject("output_tokens_details"u8);
            json.WriteNumber("thinking_tokens"u8, usage.ReasoningTokens);
            json.WriteEndObject();
        }

        json.WriteEndObject();
    }
}
