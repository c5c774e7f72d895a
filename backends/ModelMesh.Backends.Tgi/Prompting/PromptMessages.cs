using System.Text.Json;
using Microsoft.Extensions.AI;

namespace ModelMesh.Backends.Tgi.Prompting;

/// <summary>Writes the body of <c>/chat_tokenize</c>. A message of text alone is a string, one with images a list of parts.</summary>
internal static class PromptMessages
{
    public static void Write(Utf8JsonWriter writer, IEnumerable<ChatMessage> messages)
    {
        writer.WriteStartObject();
        // The name by which every TGI knows its own model; any other would ask for an adapter.
        writer.WriteString("model", "tgi");
        writer.WriteStartArray("messages");
        foreach (var message in messages)
        {
            writer.WriteStartObject();
            writer.WriteString("role", message.Role.Value);
            WriteContent(writer, message);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
        writer.WriteEndObject();
    }

    private static void WriteContent(Utf8JsonWriter writer, ChatMessage message)
    {
        if (!message.Contents.Any(content => content is UriContent or DataContent))
        {
            writer.WriteString("content", message.Text);
            return;
        }

        writer.WriteStartArray("content");
        foreach (var content in message.Contents)
        {
            switch (content)
            {
                case TextContent text:
                    writer.WriteStartObject();
                    writer.WriteString("type", "text");
                    writer.WriteString("text", text.Text);
                    writer.WriteEndObject();
                    break;
                case UriContent or DataContent:
                    writer.WriteStartObject();
                    writer.WriteString("type", "image_url");
                    writer.WriteStartObject("image_url");
                    writer.WriteString("url", PromptContent.Address(content));
                    writer.WriteEndObject();
                    writer.WriteEndObject();
                    break;
            }
        }

        writer.WriteEndArray();
    }
}
