using System.Buffers;
using System.Text.Json;
using ModelMesh.Contracts.V1;
using ModelMesh.Gateway.Answers;

namespace ModelMesh.Gateway.OpenAI.Chat;

/// <summary>The one choice of a chunk where it is more than a piece of the first answer's text.</summary>
internal sealed class ChunkChoiceJson(string requestId)
{
    private readonly HashSet<(int Choice, int Call)> _calls = [];

    /// <param name="isCall">Whether the choice begins with a call, and so may have no text.</param>
    public static ReadOnlySpan<byte> Role(int choice, bool isCall) => Write(choice, null, json =>
    {
        json.WriteString("role"u8, "assistant"u8);
        if (isCall)
        {
            json.WriteNull("content"u8);
        }
        else
        {
            json.WriteString("content"u8, ""u8);
        }
    });

    public static ReadOnlySpan<byte> Finish(int choice, string reason) => Write(choice, reason, _ => { });

    public ReadOnlySpan<byte> Delta(Delta delta) => Write(
        delta.Choice,
        null,
        json => WriteDelta(json, delta),
        delta.Logprobs.Count == 0 ? null : json => LogprobsJson.Write(json, delta.Logprobs, isRefusal: delta.Refusal.Length > 0));

    private static ReadOnlySpan<byte> Write(int choice, string? finishReason, Action<Utf8JsonWriter> writeDelta, Action<Utf8JsonWriter>? writeLogprobs = null)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using var json = new Utf8JsonWriter(buffer, ReadableBytes.Options);
        json.WriteStartObject();
        json.WriteNumber("index"u8, choice);
        json.WriteStartObject("delta"u8);
        writeDelta(json);
        json.WriteEndObject();
        writeLogprobs?.Invoke(json);
        json.WriteString("finish_reason"u8, finishReason);
        json.WriteEndObject();
        json.Flush();
        return buffer.WrittenSpan;
    }

    private void WriteDelta(Utf8JsonWriter json, Delta delta)
    {
        if (delta.Reasoning.Length > 0)
        {
            json.WriteString("reasoning_content"u8, delta.Reasoning);
        }

        if (delta.Text.Length > 0 || delta is { Reasoning.Length: 0, Refusal.Length: 0, ToolCall: null })
        {
            json.WriteString("content"u8, delta.Text);
        }

        if (delta.Refusal.Length > 0)
        {
            json.WriteString("refusal"u8, delta.Refusal);
        }

        if (delta.ToolCall is { } piece)
        {
            json.WriteStartArray("tool_calls"u8);
            WritePiece(json, delta.Choice, piece);
            json.WriteEndArray();
        }
    }

    // Id and name only with a call's first piece: there are clients that join whatever comes.
    private void WritePiece(Utf8JsonWriter json, int choice, ToolCallDelta piece)
    {
        var isFirst = _calls.Add((choice, piece.Index));
        json.WriteStartObject();
        json.WriteNumber("index"u8, piece.Index);
        if (isFirst)
        {
            json.WriteString("id"u8, ToolCallIds.Of(piece.Id, requestId, choice, piece.Index));
            json.WriteString("type"u8, "function"u8);
        }

        json.WriteStartObject("function"u8);
        if (isFirst)
        {
            json.WriteString("name"u8, piece.Name);
        }

        json.WriteString("arguments"u8, piece.Arguments);
        json.WriteEndObject();
        json.WriteEndObject();
    }
}
