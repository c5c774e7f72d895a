using System.Text.Json;
using Microsoft.Extensions.AI;
using ModelMesh.Backends.Sdk;
using ModelMesh.Backends.Wire.Json;

namespace ModelMesh.Backends.Wire.OpenAIWire.Requests;

/// <summary>
/// Writes the conversation: one text is a string, since that is what every server takes; more, or an image, are an array of parts. Every result of a tool is
/// a message of its own.
/// </summary>
internal static class MessageWriter
{
    public static void Write(Utf8JsonWriter writer, IEnumerable<ChatMessage> messages)
    {
        writer.WriteStartArray("messages"u8);
        var index = 0;
        foreach (var message in messages)
        {
            if (message.Role == ChatRole.Tool)
            {
                WriteToolResults(writer, message, index);
            }
            else
            {
                WriteMessage(writer, message, index);
            }

            index++;
        }

        writer.WriteEndArray();
    }

    private static void WriteToolResults(Utf8JsonWriter writer, ChatMessage message, int index)
    {
        foreach (var content in message.Contents)
        {
            if (content is not FunctionResultContent result)
            {
                throw Refused(content, $"messages[{index}].content");
            }

            writer.WriteStartObject();
            writer.WriteString("role"u8, "tool"u8);
            WriteName(writer, message);
            writer.WriteString("tool_call_id"u8, result.CallId);
            writer.WriteString("content"u8, result.Result switch
            {
                null => "",
                string text => text,
                var other => JsonSerializer.Serialize(other, AIJsonUtilities.DefaultOptions.GetTypeInfo(typeof(object))),
            });
            WriteExtra(writer, message);
            writer.WriteEndObject();
        }
    }

    private static void WriteMessage(Utf8JsonWriter writer, ChatMessage message, int index)
    {
        writer.WriteStartObject();
        writer.WriteString("role"u8, message.Role.Value);
        WriteName(writer, message);
        WriteContent(writer, message, index);
        WriteReasoning(writer, message);
        WriteToolCalls(writer, message);
        WriteExtra(writer, message);
        writer.WriteEndObject();
    }

    private static void WriteExtra(Utf8JsonWriter writer, ChatMessage message)
    {
        // Nearly every message has none.
        if (message.AdditionalProperties is { Count: > 0 })
        {
            MessageExtra.Write(writer, message, name => IsWritten(name, message));
        }
    }

    private static bool IsWritten(string name, ChatMessage message) => name switch
    {
        "role" or "content" => true,
        "name" => message.AuthorName is not null,
        "tool_call_id" => message.Role == ChatRole.Tool,
        "tool_calls" => message.Contents.Any(content => content is FunctionCallContent),
        "reasoning_content" => message.Contents.Any(content => content is TextReasoningContent { Text.Length: > 0 }),
        _ => false,
    };

    private static void WriteName(Utf8JsonWriter writer, ChatMessage message)
    {
        if (message.AuthorName is { } name)
        {
            writer.WriteString("name"u8, name);
        }
    }

    private static void WriteContent(Utf8JsonWriter writer, ChatMessage message, int index)
    {
        var parts = message.Contents.Where(content => content is not (TextReasoningContent or FunctionCallContent)).ToList();
        switch (parts)
        {
            case [] when message.Contents.Any(content => content is FunctionCallContent):
                writer.WriteNull("content"u8);
                break;
            case []:
                writer.WriteString("content"u8, ""u8);
                break;
            case [TextContent text]:
                writer.WriteString("content"u8, text.Text);
                break;
            default:
                writer.WriteStartArray("content"u8);
                for (var part = 0; part < parts.Count; part++)
                {
                    WritePart(writer, parts[part], $"messages[{index}].content[{part}]");
                }

                writer.WriteEndArray();
                break;
        }
    }

    private static void WritePart(Utf8JsonWriter writer, AIContent part, string field)
    {
        writer.WriteStartObject();
        switch (part)
        {
            case TextContent text:
                writer.WriteString("type"u8, "text"u8);
                writer.WriteString("text"u8, text.Text);
                break;
            case UriContent uri when uri.HasTopLevelMediaType("image"):
                WriteImage(writer, uri.Uri.OriginalString, part);
                break;
            case DataContent data when data.HasTopLevelMediaType("image"):
                WriteImage(writer, data.Uri, part);
                break;
            default:
                throw Refused(part, field);
        }

        writer.WriteEndObject();
    }

    private static void WriteImage(Utf8JsonWriter writer, string url, AIContent part)
    {
        writer.WriteString("type"u8, "image_url"u8);
        writer.WriteStartObject("image_url"u8);
        writer.WriteString("url"u8, url);
        if (part.AdditionalProperties?.TryGetValue("detail", out var detail) == true && detail is string level)
        {
            writer.WriteString("detail"u8, level);
        }

        writer.WriteEndObject();
    }

    private static void WriteReasoning(Utf8JsonWriter writer, ChatMessage message)
    {
        var reasoning = string.Concat(message.Contents.OfType<TextReasoningContent>().Select(content => content.Text));
        if (reasoning.Length > 0)
        {
            writer.WriteString("reasoning_content"u8, reasoning);
        }
    }

    private static void WriteToolCalls(Utf8JsonWriter writer, ChatMessage message)
    {
        var open = false;
        foreach (var call in message.Contents.OfType<FunctionCallContent>())
        {
            if (!open)
            {
                writer.WriteStartArray("tool_calls"u8);
                open = true;
            }

            writer.WriteStartObject();
            writer.WriteString("id"u8, call.CallId);
            writer.WriteString("type"u8, "function"u8);
            writer.WriteStartObject("function"u8);
            writer.WriteString("name"u8, call.Name);
            writer.WriteString("arguments"u8, ToolArguments.TextOf(call));
            writer.WriteEndObject();
            writer.WriteEndObject();
        }

        if (open)
        {
            writer.WriteEndArray();
        }
    }

    private static BackendException Refused(AIContent content, string field) =>
        new(BackendErrorKind.InvalidRequest, $"{field} holds {content.GetType().Name}, which this backend cannot send.") { Field = field };
}
