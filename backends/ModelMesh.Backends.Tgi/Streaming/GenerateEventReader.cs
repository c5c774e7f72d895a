using System.Text.Json;
using ModelMesh.Backends.Wire.Json;

namespace ModelMesh.Backends.Tgi.Streaming;

/// <summary>Reads an event of <c>/generate_stream</c>, or the whole answer of <c>/generate</c>. Fields that nobody asked for are passed over.</summary>
internal static class GenerateEventReader
{
    /// <exception cref="JsonException">The data is not a JSON object, or a field has a type of its own.</exception>
    public static GenerateEvent Read(ReadOnlySpan<byte> data)
    {
        var reader = new Utf8JsonReader(data);
        var read = default(GenerateEvent);
        reader.StartObject();
        while (reader.NextField())
        {
            if (reader.ValueTextEquals("token"u8))
            {
                read = read with { Token = reader.EnterObject() ? TokenReader.Read(ref reader) : null };
            }
            else if (reader.ValueTextEquals("top_tokens"u8))
            {
                read = read with { Top = TokenReader.ReadList(ref reader) };
            }
            else if (reader.ValueTextEquals("generated_text"u8))
            {
                read = read with { GeneratedText = ReadGenerated(ref reader) };
            }
            else if (reader.ValueTextEquals("details"u8))
            {
                ReadDetails(ref reader, ref read);
            }
            else if (reader.ValueTextEquals("error"u8))
            {
                read = read with { IsError = reader.SkipValue() != JsonTokenType.Null };
            }
            else
            {
                reader.SkipValue();
            }
        }

        return reader.Read() ? throw new JsonException("There is more than one value.") : read;
    }

    // An empty answer is an end, too.
    private static string? ReadGenerated(ref Utf8JsonReader reader)
    {
        var text = reader.Text();
        return text ?? (reader.TokenType == JsonTokenType.String ? "" : null);
    }

    private static void ReadDetails(ref Utf8JsonReader reader, ref GenerateEvent read)
    {
        if (!reader.EnterObject())
        {
            return;
        }

        while (reader.NextField())
        {
            if (reader.ValueTextEquals("finish_reason"u8))
            {
                read = read with { FinishReason = reader.Text() };
            }
            else if (reader.ValueTextEquals("generated_tokens"u8))
            {
                read = read with { OutputTokens = reader.WholeNumber() };
            }
            else if (reader.ValueTextEquals("input_length"u8))
            {
                read = read with { InputTokens = reader.WholeNumber() };
            }
            else if (reader.ValueTextEquals("prefill"u8))
            {
                read = read with { InputTokens = CountElements(ref reader) ?? read.InputTokens };
            }
            else
            {
                reader.SkipValue();
            }
        }
    }

    // Whole answers tell the prompt's tokens themselves, when asked to, and not their number.
    private static long? CountElements(ref Utf8JsonReader reader)
    {
        var count = 0;
        if (reader.EnterArray())
        {
            while (reader.NextObject())
            {
                reader.Skip();
                count++;
            }
        }

        return count > 0 ? count : null;
    }
}
