using System.Text.Json;
using ModelMesh.Contracts.V1;
using ModelMesh.Gateway.Infer.Body;
using ModelMesh.ServiceDefaults.Json;

namespace ModelMesh.Gateway.Anthropic.Request;

/// <summary>Reads a block <c>tool_result</c>: <c>{"tool_use_id","content"?,"is_error"?}</c>, the content a string or an array of text blocks.</summary>
internal static class ToolResultReader
{

    public static ChatMessage Read(ContentBlock block, FaultList faults)
    {
        var message = new ChatMessage { Role = "tool", ToolCallId = block.Fields.RequiredText("tool_use_id", ToolCallsReader.MaxIdLength) };
        var text = block.Fields.TryTake("content", out var content) ? ReadContent(block, content, faults) : "";

        // Backends know no results that are errors, so the model is told in words.
        message.Content = block.Fields.Flag("is_error") == true ? $"Error: {text}" : text;
        return message;
    }

    private static string ReadContent(ContentBlock block, JsonElement content, FaultList faults)
    {
        if (content.ValueKind != JsonValueKind.Array)
        {
            return TextsReader.ReadString(block.Fields, "content", content) ?? "";
        }

        List<string> texts = [];
        foreach (var part in ContentBlock.ReadAll(content, FieldPath.Join(block.Path, "content"), faults))
        {
            if (part.Type == "text")
            {
                texts.Add(part.Text("text"));
            }
            else
            {
                part.Refuse("text");
            }
        }

        return string.Join('\n', texts);
    }
}
