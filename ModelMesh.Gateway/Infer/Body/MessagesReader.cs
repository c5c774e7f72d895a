using System.Text.Json;
using ModelMesh.Contracts.V1;
using ModelMesh.ServiceDefaults.Json;

namespace ModelMesh.Gateway.Infer.Body;

/// <summary>Reads <c>input</c> or <c>messages</c>: exactly one of them has to be there.</summary>
internal static class MessagesReader
{
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

        foreach (var (index, message) in messages.EnumerateArray().Index())
        {
            var path = FieldPath.At("messages", index);
            if (message.ValueKind != JsonValueKind.Object)
            {
                faults.Add(path, "must be an object with role and content");
                continue;
            }

            read.Add(MessageReader.Read(new FieldReader(message, path, faults), path, faults));
        }
    }
}
