using System.Text.Json;
using Microsoft.Extensions.AI;

namespace ModelMesh.Backends.Wire.OpenAIWire.Answers;

/// <summary>Reads a <c>delta</c> or a <c>message</c>: text, reasoning, a refusal and calls of tools.</summary>
internal static class DeltaReader
{
    /// <summary>The code of an <see cref="ErrorContent"/> that holds the text of a refusal.</summary>
    public const string RefusalCode = "refusal";

    public static void Read(ref Utf8JsonReader reader, ref ContentsBuilder contents)
    {
        if (reader.TokenType == JsonTokenType.Null)
        {
            return;
        }

        ChunkReader.Expect(ref reader, JsonTokenType.StartObject);
        var hasReasoning = false;
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            if (reader.ValueTextEquals("content"u8))
            {
                reader.Read();
                if (Text(ref reader) is { } text)
                {
                    contents.AddText(text);
                }
            }
            else if (reader.ValueTextEquals("reasoning_content"u8) || reader.ValueTextEquals("reasoning"u8))
            {
                // Servers that changed from one name to the other send both for a time.
                reader.Read();
                if (Text(ref reader) is { } reasoning && !hasReasoning)
                {
                    hasReasoning = true;
                    contents.Add(new TextReasoningContent(reasoning));
                }
            }
            else if (reader.ValueTextEquals("refusal"u8))
            {
                reader.Read();
                if (Text(ref reader) is { } refusal)
                {
                    contents.Add(new ErrorContent(refusal) { ErrorCode = RefusalCode });
                }
            }
            else if (reader.ValueTextEquals("tool_calls"u8))
            {
                reader.Read();
                ToolCallReader.Read(ref reader, ref contents);
            }
            else
            {
                reader.Skip();
            }
        }
    }

    /// <summary>A text with something in it, or null.</summary>
    public static string? Text(ref Utf8JsonReader reader) => reader.GetString() is { Length: > 0 } text ? text : null;
}
