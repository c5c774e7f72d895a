using System.Text.Json;
using ModelMesh.Contracts.V1;
using ModelMesh.ServiceDefaults.Json;

namespace ModelMesh.Gateway.Anthropic.Request;

/// <summary>Reads <c>messages</c>. What content a message may have follows from its role.</summary>
internal static class MessagesReader
{
    private const string Field = "messages";
    private const int MaxRoleLength = 20;

    public static void Read(FieldReader fields, Conversation conversation, FaultList faults)
    {
        if (!fields.TryTake(Field, out var messages) || messages.ValueKind != JsonValueKind.Array || messages.GetArrayLength() == 0)
        {
            fields.Fault(Field, "must be an array of at least one message");
            return;
        }

        foreach (var (index, message) in messages.EnumerateArray().Index())
        {
            var path = FieldPath.At(Field, index);
            if (message.ValueKind == JsonValueKind.Object)
            {
                ReadMessage(new FieldReader(message, path, faults), path, conversation, faults);
            }
            else
            {
                faults.Add(path, "must be an object with role and content");
            }
        }
    }

    private static void ReadMessage(FieldReader fields, string path, Conversation conversation, FaultList faults)
    {
        var role = fields.RequiredText("role", MaxRoleLength);
        if (role is not ("" or "user" or "assistant" or "system"))
        {
            fields.Fault("role", "must be user, assistant or system");
        }

        if (!fields.TryTake("content", out var content))
        {
            fields.Fault("content", "is required");
            return;
        }

        var before = conversation.Messages.Count;
        var contentPath = FieldPath.Join(path, "content");
        if (content.ValueKind == JsonValueKind.Array && role == "user")
        {
            UserReader.Read(fields, content, path, contentPath, conversation, faults);
        }
        else if (content.ValueKind == JsonValueKind.Array && role == "assistant")
        {
            AssistantReader.Read(content, path, contentPath, conversation, faults);
        }
        else
        {
            TextsReader.Read(fields, "content", contentPath, content, faults).AddTo(conversation, new ChatMessage { Role = role }, path);
        }

        var extra = fields.TakeTheRest();
        if (conversation.Messages.Count > before)
        {
            conversation.Messages[^1].ExtraJson = extra;
        }
    }
}
