using System.Buffers;
using System.Text.Json;
using ModelMesh.Contracts.Errors;
using ModelMesh.Gateway.Answers;

namespace ModelMesh.Gateway.Anthropic.Answer;

/// <summary>A message in one piece: what was thought, then what was said, then what is called.</summary>
internal static class WholeMessage
{
    /// <exception cref="MeshException"><c>backend_error</c>: the arguments of a call are no object, or it has no name.</exception>
    public static ReadOnlyMemory<byte> Write(AnswerContext context, WholeAnswer answer, string model, bool showsThinking)
    {
        var choice = answer.Choices[0];
        var reason = StopReason.Of(answer.FinishReason(0), choice.Refusal.Length > 0, choice.ToolCalls.Count > 0);
        var buffer = new ArrayBufferWriter<byte>(answer.LikelyJsonBytes);
        using (var json = new Utf8JsonWriter(buffer, ReadableBytes.Options))
        {
            MessageJson.WriteMessage(json, context.RequestId, model, content =>
            {
                if (showsThinking)
                {
                    WriteThinking(content, choice.Reasoning);
                }

                WriteText(content, choice.Text + choice.Refusal);
                WriteCalls(content, choice, context.RequestId, answer.FinishReason(0));
            }, reason, answer.Usage, answer.Completed.SkippedChunks);
        }

        return buffer.WrittenMemory;
    }

    private static void WriteThinking(Utf8JsonWriter json, string thinking)
    {
        if (thinking.Length > 0)
        {
            json.WriteStartObject();
            json.WriteString("type"u8, "thinking"u8);
            json.WriteString("thinking"u8, thinking);
            json.WriteString("signature"u8, ""u8);
            json.WriteEndObject();
        }
    }

    private static void WriteText(Utf8JsonWriter json, string text)
    {
        if (text.Length > 0)
        {
            json.WriteStartObject();
            json.WriteString("type"u8, "text"u8);
            json.WriteString("text"u8, text);
            json.WriteEndObject();
        }
    }

    private static void WriteCalls(Utf8JsonWriter json, WholeChoice choice, string requestId, string finishReason)
    {
        foreach (var (index, call) in CallArguments.Whole(choice.ToolCalls, finishReason).Index())
        {
            json.WriteStartObject();
            json.WriteString("type"u8, "tool_use"u8);
            json.WriteString("id"u8, ToolUse.IdOf(call.Id, requestId, index));
            json.WriteString("name"u8, call.Name.Length > 0 ? call.Name : throw ToolUse.NoName());
            json.WritePropertyName("input"u8);
            json.WriteRawValue(string.IsNullOrWhiteSpace(call.Arguments) ? "{}" : call.Arguments, skipInputValidation: true);

            // The model itself, rather than code that it had run: clients that check their answers insist on it.
            json.WriteStartObject("caller"u8);
            json.WriteString("type"u8, "direct"u8);
            json.WriteEndObject();
            json.WriteEndObject();
        }
    }
}
