using System.Text.Json;
using Microsoft.Extensions.AI;

namespace ModelMesh.Backends.Wire.OpenAIWire.Answers;

/// <summary>Reads <c>finish_reason</c>; null, which every chunk but the last has, costs nothing.</summary>
internal static class FinishReasons
{
    /// <summary>Reasons that are failures of the server in the place of an answer's end: vLLM's for a request it dropped, and a gateway's for one that failed.</summary>
    public static bool IsFailure(ChatFinishReason reason) => reason.Value is "abort" or "error";

    public static ChatFinishReason? Read(ref Utf8JsonReader reader)
    {
        if (reader.TokenType == JsonTokenType.Null)
        {
            return null;
        }

        ChunkReader.Expect(ref reader, JsonTokenType.String);
        return reader.GetString() switch
        {
            "stop" or "eos" or "eos_token" or "stop_sequence" => ChatFinishReason.Stop,
            "length" => ChatFinishReason.Length,
            "tool_calls" or "function_call" => ChatFinishReason.ToolCalls,
            "content_filter" => ChatFinishReason.ContentFilter,
            null or "" => null,
            var other => new ChatFinishReason(other),
        };
    }
}
