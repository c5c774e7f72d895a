using System.Text.Json;
using ModelMesh.Backends.Wire.Json;

namespace ModelMesh.Backends.Ollama.Streaming;

/// <summary>Reads the tool calls of a message. Arguments stay the text they are: no number is rounded and no field moved.</summary>
internal static class ToolCallReader
{
    public static List<WholeToolCall>? ReadList(ref Utf8JsonReader reader)
    {
        if (!reader.EnterArray())
        {
            return null;
        }

        var calls = new List<WholeToolCall>();
        while (reader.NextObject())
        {
            calls.Add(ReadCall(ref reader));
        }

        return calls;
    }

    private static WholeToolCall ReadCall(ref Utf8JsonReader reader)
    {
        string? id = null;
        string? name = null;
        var arguments = "{}";
        while (reader.NextField())
        {
            if (reader.ValueTextEquals("id"u8))
            {
                id = reader.Text();
            }
            else if (reader.ValueTextEquals("function"u8))
            {
                (name, arguments) = ReadFunction(ref reader);
            }
            else
            {
                reader.SkipValue();
            }
        }

        return new(id, name ?? throw new JsonException("A tool call has no name."), arguments);
    }

    private static (string? Name, string Arguments) ReadFunction(ref Utf8JsonReader reader)
    {
        string? name = null;
        var arguments = "{}";
        if (!reader.EnterObject())
        {
            return (name, arguments);
        }

        while (reader.NextField())
        {
            if (reader.ValueTextEquals("name"u8))
            {
                name = reader.Text();
            }
            else if (reader.ValueTextEquals("arguments"u8))
            {
                arguments = ReadArguments(ref reader);
            }
            else
            {
                reader.SkipValue();
            }
        }

        return (name, arguments);
    }

    private static string ReadArguments(ref Utf8JsonReader reader)
    {
        reader.Read();
        switch (reader.TokenType)
        {
            case JsonTokenType.Null:
                return "{}";
            case JsonTokenType.String:
                // Ollama sends an object; servers that only resemble it send its text, as OpenAI does.
                return reader.GetString()!;
            default:
                using (var value = JsonDocument.ParseValue(ref reader))
                {
                    return value.RootElement.GetRawText();
                }
        }
    }
}
