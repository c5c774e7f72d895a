using System.Text.Json;
using Microsoft.Extensions.AI;
using ModelMesh.Backends.Sdk;

namespace ModelMesh.Backends.Wire.OpenAIWire.Requests;

/// <summary>Writes the tools and which of them may be called. What <c>extra</c> replaces is left out.</summary>
internal static class ToolWriter
{
    public static void Write(Utf8JsonWriter writer, ChatOptions options, ExtraFields extra, ChatRequestStyle style)
    {
        // Where a caller's own fields stand for either, the two could not be made to agree.
        var only = style.NamedToolIsOnlyTool && !extra.Contains("tools") && !extra.Contains("tool_choice")
            ? (options.ToolMode as RequiredChatToolMode)?.RequiredFunctionName
            : null;
        if (only is not null && options.Tools?.Any(tool => tool.Name == only) != true)
        {
            throw new BackendException(BackendErrorKind.InvalidRequest, $"tool_choice names the tool '{only}', which tools does not have.") { Field = "tool_choice" };
        }

        if (options.Tools is { Count: > 0 } && !extra.Contains("tools"))
        {
            WriteTools(writer, options.Tools, only);
        }

        if (options.ToolMode is { } mode && !extra.Contains("tool_choice"))
        {
            WriteChoice(writer, only is null ? mode : ChatToolMode.RequireAny);
        }

        if (options.AllowMultipleToolCalls is { } parallel && !extra.Contains("parallel_tool_calls"))
        {
            writer.WriteBoolean("parallel_tool_calls"u8, parallel);
        }
    }

    private static void WriteTools(Utf8JsonWriter writer, IList<AITool> tools, string? only)
    {
        writer.WriteStartArray("tools"u8);
        for (var index = 0; index < tools.Count; index++)
        {
            if (only is null || tools[index].Name == only)
            {
                Write(writer, tools[index], index);
            }
        }

        writer.WriteEndArray();
    }

    private static void Write(Utf8JsonWriter writer, AITool tool, int index)
    {
        if (tool is not AIFunctionDeclaration function)
        {
            throw new BackendException(BackendErrorKind.InvalidRequest, $"tools[{index}] is no function, which is the one kind of tool there is.") { Field = $"tools[{index}]" };
        }

        writer.WriteStartObject();
        writer.WriteString("type"u8, "function"u8);
        writer.WriteStartObject("function"u8);
        writer.WriteString("name"u8, function.Name);
        if (function.Description.Length > 0)
        {
            writer.WriteString("description"u8, function.Description);
        }

        if (function.JsonSchema.ValueKind != JsonValueKind.Undefined)
        {
            writer.WritePropertyName("parameters"u8);
            function.JsonSchema.WriteTo(writer);
        }

        if (function is ToolDeclaration { Strict: { } strict })
        {
            writer.WriteBoolean("strict"u8, strict);
        }

        writer.WriteEndObject();
        writer.WriteEndObject();
    }

    private static void WriteChoice(Utf8JsonWriter writer, ChatToolMode mode)
    {
        switch (mode)
        {
            case NoneChatToolMode:
                writer.WriteString("tool_choice"u8, "none"u8);
                break;
            case RequiredChatToolMode { RequiredFunctionName: { } name }:
                writer.WriteStartObject("tool_choice"u8);
                writer.WriteString("type"u8, "function"u8);
                writer.WriteStartObject("function"u8);
                writer.WriteString("name"u8, name);
                writer.WriteEndObject();
                writer.WriteEndObject();
                break;
            case RequiredChatToolMode:
                writer.WriteString("tool_choice"u8, "required"u8);
                break;
            default:
                writer.WriteString("tool_choice"u8, "auto"u8);
                break;
        }
    }
}
