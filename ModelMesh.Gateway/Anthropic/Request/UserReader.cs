using System.Text.Json;
using ModelMesh.Contracts.V1;
using ModelMesh.ServiceDefaults.Json;

namespace ModelMesh.Gateway.Anthropic.Request;

/// <summary>Reads the blocks of a user's message. Results of tools become messages of their own, in their order, before what else the user says.</summary>
internal static class UserReader
{
    public static void Read(FieldReader fields, JsonElement content, string path, string contentPath, Conversation conversation, FaultList faults)
    {
        if (content.GetArrayLength() == 0)
        {
            fields.Fault("content", "must hold at least one block");
        }

        var parts = new MessageParts();
        foreach (var block in ContentBlock.ReadAll(content, contentPath, faults))
        {
            switch (block.Type)
            {
                case "text":
                    parts.Add(new ContentPart { Text = block.Text("text") }, block.Path);
                    break;
                case "image":
                    parts.Add(ImageReader.Read(block, faults), block.Path);
                    break;
                case "tool_result":
                    conversation.Add(ToolResultReader.Read(block, faults), block.Path, []);
                    break;
                default:
                    block.Refuse("text, image and tool_result");
                    break;
            }
        }

        if (parts.Count > 0)
        {
            parts.AddTo(conversation, new ChatMessage { Role = "user" }, path);
        }
    }
}
