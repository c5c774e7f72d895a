using System.Text.Json;
using ModelMesh.Contracts.V1;
using ModelMesh.ServiceDefaults.Json;

namespace ModelMesh.Gateway.Infer.Body;

/// <summary>Reads one message. Which fields it may have follows from its role.</summary>
internal static class MessageReader
{
    private const int MaxNameLength = 200;
    private static readonly string[] Roles = ["system", "user", "assistant", "tool"];

    public static ChatMessage Read(FieldReader fields, string path, FaultList faults)
    {
        var message = new ChatMessage { Role = ReadRole(fields, faults) };
        if (message.Role == "assistant")
        {
            message.ToolCalls.AddRange(ToolCallsReader.Read(fields, path, faults));
            message.Reasoning = ReadReasoning(fields, faults);
            if (faults.UnknownFields == UnknownFields.Allowed)
            {
                EarlierAnswer.Read(fields, message);
            }
        }
        else if (message.Role == "tool")
        {
            message.ToolCallId = fields.RequiredText("tool_call_id", ToolCallsReader.MaxIdLength);
        }

        ReadContent(fields, path, faults, message);
        message.Name = fields.Text("name", MaxNameLength) ?? "";
        fields.RefuseTheRest();
        message.ExtraJson = faults.UnknownFields == UnknownFields.Allowed ? fields.TakeTheRest() : "";
        return message;
    }

    // Clients of compatible APIs send back what they were answered, under the name that vLLM and others gave it.
    private static string ReadReasoning(FieldReader fields, FaultList faults)
    {
        var reasoning = fields.Text("reasoning", int.MaxValue);
        var sameElsewhere = faults.UnknownFields == UnknownFields.Allowed ? fields.Text("reasoning_content", int.MaxValue) : null;
        return reasoning ?? sameElsewhere ?? "";
    }

    private static string ReadRole(FieldReader fields, FaultList faults)
    {
        if (!fields.TryTake("role", out var role))
        {
            fields.Fault("role", "is required");
        }
        else if (role.ValueKind == JsonValueKind.String && JsonText.Of(role) is { } name && Roles.Contains(name))
        {
            return name;
        }
        else if (faults.UnknownFields == UnknownFields.Allowed && role.ValueKind == JsonValueKind.String && JsonText.Of(role) is "developer")
        {
            // OpenAI's later name for the same.
            return "system";
        }
        else
        {
            fields.Fault("role", $"must be one of {string.Join(", ", faults.UnknownFields == UnknownFields.Allowed ? [.. Roles, "developer"] : Roles)}");
        }

        return "";
    }

    private static void ReadContent(FieldReader fields, string path, FaultList faults, ChatMessage message)
    {
        if (!fields.TryTake("content", out var content))
        {
            // An assistant that calls tools need not say anything; one that is quoted to a compatible API may have had nothing to say.
            if (message.ToolCalls.Count == 0 && !(message.Role == "assistant" && faults.UnknownFields == UnknownFields.Allowed))
            {
                fields.Fault("content", "is required");
            }
        }
        else if (content.ValueKind == JsonValueKind.Array && content.GetArrayLength() == 0 && message.Role == "assistant" && faults.UnknownFields == UnknownFields.Allowed)
        {
            // Some clients send an earlier answer of nothing back like this.
            message.Content = "";
        }
        else if (content.ValueKind == JsonValueKind.Array)
        {
            message.Parts.AddRange(ContentReader.Read(content, FieldPath.Join(path, "content"), message.Role, faults));
        }
        else if (content.ValueKind != JsonValueKind.String)
        {
            fields.Wrong("content", "a string or an array of parts", content);
        }
        else if (JsonText.Of(content) is { } text)
        {
            message.Content = text;
        }
        else
        {
            fields.Fault("content", "holds half of a surrogate pair");
        }
    }
}
