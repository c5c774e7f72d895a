using System.Text.Json;
using ModelMesh.Backends.Sdk;

namespace ModelMesh.Backends.Wire.OpenAIWire.Answers;

/// <summary>Reads <c>tool_calls</c>. A whole answer's calls have no index: there it is their place.</summary>
internal static class ToolCallReader
{
    public static void Read(ref Utf8JsonReader reader, ref ContentsBuilder contents)
    {
        if (reader.TokenType == JsonTokenType.Null)
        {
            return;
        }

        ChunkReader.Expect(ref reader, JsonTokenType.StartArray);
        for (var position = 0; reader.Read() && reader.TokenType != JsonTokenType.EndArray; position++)
        {
            contents.Add(ReadCall(ref reader, position));
        }
    }

    private static ToolCallPiece ReadCall(ref Utf8JsonReader reader, int position)
    {
        ChunkReader.Expect(ref reader, JsonTokenType.StartObject);
        var index = position;
        string? id = null;
        string? name = null;
        var arguments = "";
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            if (reader.ValueTextEquals("index"u8))
            {
                reader.Read();
                index = reader.TokenType == JsonTokenType.Null ? position : reader.GetInt32();
            }
            else if (reader.ValueTextEquals("id"u8))
            {
                reader.Read();
                id = DeltaReader.Text(ref reader);
            }
            else if (reader.ValueTextEquals("function"u8))
            {
                reader.Read();
                ReadFunction(ref reader, ref name, ref arguments);
            }
            else
            {
                reader.Skip();
            }
        }

        return new ToolCallPiece(index) { CallId = id, Name = name, Arguments = arguments };
    }

    private static void ReadFunction(ref Utf8JsonReader reader, ref string? name, ref string arguments)
    {
        if (reader.TokenType == JsonTokenType.Null)
        {
            return;
        }

        ChunkReader.Expect(ref reader, JsonTokenType.StartObject);
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            if (reader.ValueTextEquals("name"u8))
            {
                reader.Read();
                name = DeltaReader.Text(ref reader);
            }
            else if (reader.ValueTextEquals("arguments"u8))
            {
                reader.Read();
                // Some servers send the arguments as the object that they are.
                arguments = reader.TokenType == JsonTokenType.StartObject ? JsonElement.ParseValue(ref reader).GetRawText() : reader.GetString() ?? "";
            }
            else
            {
                reader.Skip();
            }
        }
    }
}
