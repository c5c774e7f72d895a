using System.Text.Json;
using ModelMesh.Contracts.V1;
using ModelMesh.ServiceDefaults.Json;

namespace ModelMesh.Gateway.Infer.Body;

/// <summary>Reads the conversation: <c>messages</c>, or one user message under a shorter name. Exactly one of them has to be there.</summary>
internal static class MessagesReader
{
    private const string Messages = "messages";

    /// <param name="inputs">The names that one user message may have.</param>
    public static List<ChatMessage> Read(FieldReader fields, FaultList faults, IReadOnlyList<string> inputs)
    {
        List<ChatMessage> read = [];
        var given = 0;
        foreach (var name in inputs)
        {
            if (fields.TryTake(name, out var input))
            {
                given++;
                ReadInput(input, name, fields, read);
            }
        }

        if (fields.TryTake(Messages, out var messages))
        {
            given++;
            ReadMessages(messages, fields, faults, read);
        }

        if (given != 1)
        {
            var names = $"{string.Join(", ", inputs)} and {Messages}";
            faults.Add("", given > 1 ? $"only one of {names} may be given" : $"one of {names} is required");
        }

        return read;
    }

    /// <summary>Reads <c>messages</c> of an API that has no shorter way to say it.</summary>
    public static List<ChatMessage> ReadRequired(FieldReader fields, FaultList faults)
    {
        List<ChatMessage> read = [];
        if (fields.TryTake(Messages, out var messages))
        {
            ReadMessages(messages, fields, faults, read);
        }
        else
        {
            fields.Fault(Messages, "is required");
        }

        return read;
    }

    private static void ReadInput(JsonElement input, string name, FieldReader fields, List<ChatMessage> read)
    {
        if (input.ValueKind != JsonValueKind.String)
        {
            fields.Wrong(name, "a string", input);
        }
        else if (JsonText.Of(input) is { } text)
        {
            read.Add(new ChatMessage { Role = "user", Content = text });
        }
        else
        {
            fields.Fault(name, "holds half of a surrogate pair");
        }
    }

    private static void ReadMessages(JsonElement messages, FieldReader fields, FaultList faults, List<ChatMessage> read)
    {
        if (messages.ValueKind != JsonValueKind.Array || messages.GetArrayLength() == 0)
        {
            fields.Fault(Messages, "must be an array of at least one message");
            return;
        }

        foreach (var (index, message) in messages.EnumerateArray().Index())
        {
            var path = FieldPath.At(Messages, index);
            if (message.ValueKind != JsonValueKind.Object)
            {
                faults.Add(path, "must be an object with role and content");
                continue;
            }

            read.Add(MessageReader.Read(new FieldReader(message, path, faults), path, faults));
        }
    }
}
