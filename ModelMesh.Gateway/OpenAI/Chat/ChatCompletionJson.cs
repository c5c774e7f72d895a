using System.Buffers;
using System.Text.Json;
using ModelMesh.Gateway.Answers;

namespace ModelMesh.Gateway.OpenAI.Chat;

/// <summary>A whole chat completion.</summary>
internal static class ChatCompletionJson
{
    public static ReadOnlyMemory<byte> Write(AnswerContext context, string model, WholeAnswer answer)
    {
        var buffer = new ArrayBufferWriter<byte>(answer.LikelyJsonBytes);
        using var json = new Utf8JsonWriter(buffer, ReadableBytes.Options);
        json.WriteStartObject();
        AnswerHead.Write(json, ChatCompletionExchange.IdKind, "chat.completion", context, model);
        json.WriteStartArray("choices"u8);
        foreach (var (index, choice) in answer.Choices.Index())
        {
            json.WriteStartObject();
            json.WriteNumber("index"u8, index);
            WriteMessage(json, choice, index, context.RequestId);
            WriteLogprobs(json, choice);
            json.WriteString("finish_reason"u8, FinishReasons.OfChat(answer.FinishReason(index)));
            json.WriteEndObject();
        }

        json.WriteEndArray();
        UsageJson.Write(json, answer.Usage);
        SkippedChunksJson.Write(json, answer.Completed.SkippedChunks);
        json.WriteEndObject();
        json.Flush();
        return buffer.WrittenMemory;
    }

    private static void WriteMessage(Utf8JsonWriter json, WholeChoice choice, int index, string requestId)
    {
        json.WriteStartObject("message"u8);
        json.WriteString("role"u8, "assistant"u8);
        var text = choice.Text;
        var refusal = choice.Refusal;
        json.WriteString("content"u8, text.Length == 0 && (choice.ToolCalls.Count > 0 || refusal.Length > 0) ? null : text);
        json.WriteString("refusal"u8, refusal.Length == 0 ? null : refusal);
        if (choice.Reasoning is { Length: > 0 } reasoning)
        {
            json.WriteString("reasoning_content"u8, reasoning);
        }

        if (choice.ToolCalls.Count > 0)
        {
            WholeToolCallsJson.Write(json, choice, index, requestId);
        }

        json.WriteEndObject();
    }

    private static void WriteLogprobs(Utf8JsonWriter json, WholeChoice choice)
    {
        if (choice.Logprobs.Count == 0)
        {
            json.WriteNull("logprobs"u8);
        }
        else
        {
            LogprobsJson.Write(json, choice.Logprobs, isRefusal: choice is { Text.Length: 0, Refusal.Length: > 0 });
        }
    }
}
