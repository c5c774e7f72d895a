using System.Text.Json;
using ModelMesh.Backends.Wire.Json;

namespace ModelMesh.Backends.Ollama.Streaming;

/// <summary>Reads a line of a chat's answer. Fields that nobody asked for are passed over.</summary>
internal static class ChatChunkReader
{
    /// <exception cref="JsonException">The line is not a JSON object, or a field has a type of its own.</exception>
    public static ChatChunk Read(ReadOnlySpan<byte> line)
    {
        var reader = new Utf8JsonReader(line);
        var chunk = new ChatChunk { LacksMessage = true };
        reader.StartObject();
        while (reader.NextField())
        {
            if (reader.ValueTextEquals("message"u8))
            {
                ReadMessage(ref reader, ref chunk);
            }
            else if (reader.ValueTextEquals("done"u8))
            {
                chunk = chunk with { Done = reader.Flag() };
            }
            else if (reader.ValueTextEquals("done_reason"u8))
            {
                chunk = chunk with { DoneReason = reader.Text() };
            }
            else if (reader.ValueTextEquals("prompt_eval_count"u8))
            {
                chunk = chunk with { InputTokens = reader.WholeNumber() };
            }
            else if (reader.ValueTextEquals("eval_count"u8))
            {
                chunk = chunk with { OutputTokens = reader.WholeNumber() };
            }
            else if (reader.ValueTextEquals("logprobs"u8))
            {
                chunk = chunk with { LogProbabilities = LogProbabilityReader.ReadList(ref reader) };
            }
            else if (reader.ValueTextEquals("error"u8))
            {
                chunk = chunk with { IsError = reader.SkipValue() != JsonTokenType.Null };
            }
            else
            {
                reader.SkipValue();
            }
        }

        return reader.Read() ? throw new JsonException("There is more than one value.") : chunk;
    }

    private static void ReadMessage(ref Utf8JsonReader reader, ref ChatChunk chunk)
    {
        if (!reader.EnterObject())
        {
            return;
        }

        chunk = chunk with { LacksMessage = false };
        while (reader.NextField())
        {
            if (reader.ValueTextEquals("content"u8))
            {
                chunk = chunk with { Content = reader.Text() };
            }
            else if (reader.ValueTextEquals("thinking"u8))
            {
                chunk = chunk with { Thinking = reader.Text() };
            }
            else if (reader.ValueTextEquals("tool_calls"u8))
            {
                chunk = chunk with { ToolCalls = ToolCallReader.ReadList(ref reader) };
            }
            else
            {
                reader.SkipValue();
            }
        }
    }
}
