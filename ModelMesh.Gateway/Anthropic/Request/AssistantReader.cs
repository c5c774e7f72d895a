using System.Text.Json;
using ModelMesh.Contracts.V1;
using ModelMesh.Gateway.Infer.Body;
using ModelMesh.ServiceDefaults.Json;

namespace ModelMesh.Gateway.Anthropic.Request;

/// <summary>Reads the blocks of an assistant's message: what it said, thought and called.</summary>
internal static class AssistantReader
{
    private const int MaxNameLength = 128;

    public static void Read(JsonElement content, string path, string contentPath, Conversation conversation, FaultList faults)
    {
        var message = new ChatMessage { Role = "assistant" };
        var parts = new MessageParts();
        List<string> thoughts = [];
        foreach (var block in ContentBlock.ReadAll(content, contentPath, faults))
        {
            switch (block.Type)
            {
                case "text":
                    parts.Add(new ContentPart { Text = block.Text("text") }, block.Path);
                    break;
                case "thinking":
                    // Its signature says that Anthropic's service made it, to that service alone.
                    thoughts.Add(block.Text("thinking"));
                    break;
                case "redacted_thinking":
                    // Nobody else can read it.
                    break;
                case "tool_use":
                    message.ToolCalls.Add(ReadCall(block));
                    break;
                default:
                    block.Refuse("text, thinking, redacted_thinking and tool_use");
                    break;
            }
        }

        message.Reasoning = string.Concat(thoughts);
        parts.AddTo(conversation, message, path);
    }

    private static ToolCall ReadCall(ContentBlock block)
    {
        if (!block.Fields.Has("input"))
        {
            block.Fields.Fault("input", "is required");
        }

        return new ToolCall
        {
            Id = block.Fields.RequiredText("id", ToolCallsReader.MaxIdLength),
            Name = block.Fields.RequiredText("name", MaxNameLength),
            Arguments = block.Fields.FreeForm("input"),
        };
    }
}
