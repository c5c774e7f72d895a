using ModelMesh.Contracts.V1;
using ModelMesh.ServiceDefaults.Json;

namespace ModelMesh.Gateway.OpenAI.Responses.Body;

internal static class InputMessageReader
{
    private const int MaxRoleLength = 20;

    // What the API itself says of a message, which no backend is told.
    private static readonly string[] Left = ["id", "status", "phase"];

    public static void Read(FieldReader fields, string path, Conversation conversation, FaultList faults)
    {
        var role = fields.RequiredText("role", MaxRoleLength);
        if (role is not ("" or "user" or "assistant" or "system" or "developer"))
        {
            fields.Fault("role", "must be one of user, assistant, system, developer");
        }

        // OpenAI's later name for the same.
        var message = new ChatMessage { Role = role == "developer" ? "system" : role };
        InputContentReader.Read(fields, "content", path, message, faults);
        foreach (var name in Left)
        {
            fields.TryTake(name, out _);
        }

        message.ExtraJson = fields.TakeTheRest();
        if (role == "assistant")
        {
            conversation.Say(message, path);
        }
        else
        {
            conversation.Add(message, path);
        }
    }
}
