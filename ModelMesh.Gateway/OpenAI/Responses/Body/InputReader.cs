using System.Text.Json;
using ModelMesh.Contracts.V1;
using ModelMesh.ServiceDefaults.Json;

namespace ModelMesh.Gateway.OpenAI.Responses.Body;

/// <summary>Reads <c>instructions</c> and <c>input</c>, a text or an array of items.</summary>
internal static class InputReader
{
    private const string Field = "input";

    public static Conversation Read(FieldReader fields, FaultList faults)
    {
        var conversation = new Conversation();
        if (fields.Text("instructions", int.MaxValue) is { Length: > 0 } instructions)
        {
            conversation.Add(new ChatMessage { Role = "system", Content = instructions }, "instructions");
        }

        if (!fields.TryTake(Field, out var input))
        {
            fields.Fault(Field, "is required");
        }
        else if (input.ValueKind == JsonValueKind.Array)
        {
            ReadItems(fields, input, conversation, faults);
        }
        else if (input.ValueKind != JsonValueKind.String)
        {
            fields.Wrong(Field, "a string or an array of items", input);
        }
        else if (JsonText.Of(input) is { } text)
        {
            conversation.Add(new ChatMessage { Role = "user", Content = text }, Field);
        }
        else
        {
            fields.Fault(Field, "holds half of a surrogate pair");
        }

        conversation.Close();
        return conversation;
    }

    private static void ReadItems(FieldReader fields, JsonElement items, Conversation conversation, FaultList faults)
    {
        if (items.GetArrayLength() == 0)
        {
            fields.Fault(Field, "must hold at least one item");
        }

        foreach (var (index, item) in items.EnumerateArray().Index())
        {
            var at = FieldPath.At(Field, index);
            if (item.ValueKind == JsonValueKind.Object)
            {
                InputItemReader.Read(new FieldReader(item, at, faults), at, conversation, faults);
            }
            else
            {
                faults.Add(at, "must be an object, as a message with role and content");
            }
        }
    }
}
