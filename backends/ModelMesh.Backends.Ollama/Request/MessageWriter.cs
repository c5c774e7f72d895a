using System.Text.Json;
using Microsoft.Extensions.AI;
using ModelMesh.Backends.Sdk;
using ModelMesh.Backends.Wire.Json;

namespace ModelMesh.Backends.Ollama.Request;

/// <summary>
/// Writes <c>messages</c>. Ollama pairs the result of a tool with its call by the tool's name, so the names of earlier calls are remembered by
/// their ids. One per request.
/// </summary>
internal sealed class MessageWriter(Utf8JsonWriter writer)
{
    private readonly Dictionary<string, string> _toolNames = new(StringComparer.Ordinal);

    public void Write(IEnumerable<ChatMessage> messages)
    {
        var index = 0;
        foreach (var message in messages)
        {
            if (message.Role == ChatRole.Tool)
            {
                WriteResults(message, index);
            }
            else
            {
                WriteMessage(message, index);
            }

            index++;
        }
    }

    private void WriteResults(ChatMessage message, int index)
    {
        foreach (var result in message.Contents.OfType<FunctionResultContent>())
        {
            if (!_toolNames.TryGetValue(result.CallId, out var name))
            {
                throw Invalid($"messages[{index}].tool_call_id", "names no tool call of an earlier message; Ollama pairs a result with its call by the tool's name");
            }

            writer.WriteStartObject();
            writer.WriteString("role", "tool");
            writer.WriteString("content", result.Result as string ?? JsonSerializer.Serialize(result.Result, AIJsonUtilities.DefaultOptions));
            writer.WriteString("tool_name", name);
            writer.WriteString("tool_call_id", result.CallId);
            MessageExtra.Write(writer, message, name => name is "role" or "content" or "tool_name" or "tool_call_id");
            writer.WriteEndObject();
        }
    }

    private void WriteMessage(ChatMessage message, int index)
    {
        writer.WriteStartObject();
        writer.WriteString("role", message.Role.Value);
        writer.WriteString("content", message.Text);
        var thinking = string.Concat(message.Contents.OfType<TextReasoningContent>().Select(reasoning => reasoning.Text));
        if (thinking.Length > 0)
        {
            writer.WriteString("thinking", thinking);
        }

        WriteImages(message, index);
        WriteCalls(message, index);
        MessageExtra.Write(writer, message, name => name switch
        {
            "role" or "content" => true,
            "thinking" => thinking.Length > 0,
            "images" => message.Contents.Any(content => content is DataContent),
            "tool_calls" => message.Contents.Any(content => content is FunctionCallContent),
            _ => false,
        });
        writer.WriteEndObject();
    }

    private void WriteImages(ChatMessage message, int index)
    {
        var open = false;
        foreach (var data in message.Contents.OfType<DataContent>())
        {
            if (!data.HasTopLevelMediaType("image"))
            {
                throw Invalid($"messages[{index}].content", $"holds data of the type {data.MediaType}; Ollama takes images only");
            }

            if (!open)
            {
                writer.WriteStartArray("images");
                open = true;
            }

            writer.WriteStringValue(data.Base64Data.Span);
        }

        if (open)
        {
            writer.WriteEndArray();
        }
    }

    private void WriteCalls(ChatMessage message, int index)
    {
        var count = 0;
        foreach (var call in message.Contents.OfType<FunctionCallContent>())
        {
            if (count == 0)
            {
                writer.WriteStartArray("tool_calls");
            }

            _toolNames[call.CallId] = call.Name;
            writer.WriteStartObject();
            writer.WriteString("id", call.CallId);
            writer.WriteStartObject("function");
            writer.WriteString("name", call.Name);
            writer.WritePropertyName("arguments");
            WriteArguments(ToolArguments.TextOf(call), $"messages[{index}].tool_calls[{count}].function.arguments");
            writer.WriteEndObject();
            writer.WriteEndObject();
            count++;
        }

        if (count > 0)
        {
            writer.WriteEndArray();
        }
    }

    private void WriteArguments(string text, string field)
    {
        try
        {
            using var arguments = JsonDocument.Parse(text.Length == 0 ? "{}" : text);
            if (arguments.RootElement.ValueKind == JsonValueKind.Object)
            {
                arguments.RootElement.WriteTo(writer);
                return;
            }
        }
        catch (JsonException)
        {
            // The same refusal as for JSON that is no object.
        }

        throw Invalid(field, "must be a JSON object: Ollama takes a call's arguments in no other form");
    }

    private static BackendException Invalid(string field, string message) =>
        new(BackendErrorKind.InvalidRequest, $"{field} {message}.") { Field = field };
}
