using System.Text.Json;
using ModelMesh.Contracts.V1;
using ModelMesh.Gateway.Infer.Body;
using ModelMesh.ServiceDefaults.Json;

namespace ModelMesh.Gateway.Ollama.Body;

/// <summary>Reads <c>messages</c> of <c>/api/chat</c>. None at all is a request to load the model.</summary>
internal static class MessagesField
{
    private const string Field = "messages";
    private const int MaxNameLength = 200;
    private static readonly string[] Roles = ["system", "user", "assistant", "tool"];

    public static List<ChatMessage> Read(FieldReader fields, FaultList faults)
    {
        List<ChatMessage> read = [];
        if (!fields.TryTake(Field, out var messages))
        {
            return read;
        }

        if (messages.ValueKind != JsonValueKind.Array)
        {
            fields.Wrong(Field, "an array", messages);
            return read;
        }

        var pairing = new ToolCallPairing();
        foreach (var (index, message) in messages.EnumerateArray().Index())
        {
            var path = FieldPath.At(Field, index);
            if (message.ValueKind != JsonValueKind.Object)
            {
                faults.Add(path, "must be an object with role and content");
                continue;
            }

            read.Add(ReadMessage(new FieldReader(message, path, faults), path, pairing, faults));
        }

        return read;
    }

    private static ChatMessage ReadMessage(FieldReader fields, string path, ToolCallPairing pairing, FaultList faults)
    {
        var message = new ChatMessage { Role = ReadRole(fields), Content = fields.Text("content", int.MaxValue) ?? "" };
        var images = ImagesField.Read(fields, path, faults);
        if (images.Count > 0 && message.Role != "user")
        {
            fields.Fault("images", "may only be in a user's message");
        }

        if (images.Count > 0)
        {
            TextAndImages(message, images);
        }

        if (message.Role == "assistant")
        {
            message.Reasoning = fields.Text("thinking", int.MaxValue) ?? "";
            message.ToolCalls.AddRange(ToolCallsField.Read(fields, path, pairing, faults));
        }
        else if (message.Role == "tool")
        {
            message.ToolCallId = ReadAnswered(fields, path, pairing, faults);
        }

        message.ExtraJson = fields.TakeTheRest();
        return message;
    }

    /// <summary>A message's text becomes its first part, where it has one.</summary>
    public static void TextAndImages(ChatMessage message, List<ContentPart> images)
    {
        if (message.Content.Length > 0)
        {
            message.Parts.Add(new ContentPart { Text = message.Content });
            message.Content = "";
        }

        message.Parts.AddRange(images);
    }

    private static string ReadRole(FieldReader fields)
    {
        if (!fields.TryTake("role", out var role))
        {
            fields.Fault("role", "is required");
        }
        else if (role.ValueKind == JsonValueKind.String && JsonText.Of(role) is { } name && Roles.Contains(name))
        {
            return name;
        }
        else
        {
            fields.Fault("role", $"must be one of {string.Join(", ", Roles)}");
        }

        return "";
    }

    private static string ReadAnswered(FieldReader fields, string path, ToolCallPairing pairing, FaultList faults)
    {
        var id = fields.Text("tool_call_id", ToolCallsReader.MaxIdLength);
        var tool = fields.Text("tool_name", MaxNameLength);
        if (pairing.Answered(id, tool) is { } answered)
        {
            return answered;
        }

        faults.Add(path, $"answers no tool call of an earlier message{(string.IsNullOrEmpty(id) && string.IsNullOrEmpty(tool) ? "" : " by its tool_call_id or tool_name")}");
        return "";
    }
}
