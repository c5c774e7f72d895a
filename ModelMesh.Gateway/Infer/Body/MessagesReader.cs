using System.Text.Json;
using ModelMesh.Contracts.V1;
using ModelMesh.ServiceDefaults.Json;

namespace ModelMesh.Gateway.Infer.Body;

/// <summary>Reads <c>input</c> or <c>messages</c>: exactly one of them has to be there.</summary>
internal static class MessagesReader
{
    private const int MaxNameLength = 200;
    private static readonly string[] Roles = ["system", "user", "assistant", "tool"];

    public static List<ChatMessage> Read(FieldReader fields, FaultList faults)
    {
        var hasMessages = fields.TryTake("messages", out var messages);
        var hasInput = fields.TryTake("input", out var input);
        if (hasMessages == hasInput)
        {
            faults.Add("", hasInput ? "only one of input and messages may be given" : "one of input and messages is required");
        }

        List<ChatMessage> read = [];
        if (hasInput)
        {
            ReadInput(input, fields, read);
        }

        if (hasMessages)
        {
            ReadMessages(messages, fields, faults, read);
        }

        return read;
    }

    private static void ReadInput(JsonElement input, FieldReader fields, List<ChatMessage> read)
    {
        if (input.ValueKind != JsonValueKind.String)
        {
            fields.Wrong("input", "a string", input);
        }
        else if (JsonText.Of(input) is { } text)
        {
            read.Add(new ChatMessage { Role = "user", Content = text });
        }
        else
        {
            fields.Fault("input", "holds half of a surrogate pair");
        }
    }

    private static void ReadMessages(JsonElement messages, FieldReader fields, FaultList faults, List<ChatMessage> read)
    {
        if (messages.ValueKind != JsonValueKind.Array || messages.GetArrayLength() == 0)
        {
            fields.Fault("messages", "must be an array of at least one message");
            return;
        }

        var index = 0;
        foreach (var message in messages.EnumerateArray())
        {
            var path = $"messages[{index++}]";
            if (message.ValueKind != JsonValueKind.Object)
            {
                faults.Add(path, "must be an object with role and content");
                continue;
            }

            read.Add(ReadMessage(new FieldReader(message, path, faults)));
        }
    }

    private static ChatMessage ReadMessage(FieldReader fields)
    {
        var message = new ChatMessage();
        if (!fields.TryTake("role", out var role))
        {
            fields.Fault("role", "is required");
        }
        else if (role.ValueKind == JsonValueKind.String && JsonText.Of(role) is { } name && Roles.Contains(name))
        {
            message.Role = name;
        }
        else
        {
            fields.Fault("role", $"must be one of {string.Join(", ", Roles)}");
        }

        if (!fields.TryTake("content", out var content))
        {
            fields.Fault("content", "is required");
        }
        else if (content.ValueKind != JsonValueKind.String)
        {
            fields.Wrong("content", "a string", content);
        }
        else if (JsonText.Of(content) is { } text)
        {
            message.Content = text;
        }
        else
        {
            fields.Fault("content", "holds half of a surrogate pair");
        }

        message.Name = fields.Text("name", MaxNameLength) ?? "";
        fields.RefuseTheRest();
        return message;
    }
}
