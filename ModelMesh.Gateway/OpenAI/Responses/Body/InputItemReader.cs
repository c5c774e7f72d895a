using ModelMesh.Contracts.V1;
using ModelMesh.Gateway.Infer.Body;
using ModelMesh.ServiceDefaults.Json;

namespace ModelMesh.Gateway.OpenAI.Responses.Body;

/// <summary>Reads one item of the input. Ids and states of items say nothing to a mesh that stores none, and are left.</summary>
internal static class InputItemReader
{
    private const int MaxTypeLength = 64;
    private const int MaxNameLength = 128;
    private const string ReasoningId = "rs_";

    public static void Read(FieldReader fields, string path, Conversation conversation, FaultList faults)
    {
        var faulty = faults.Count;
        var type = fields.Text("type", MaxTypeLength);
        switch (type)
        {
            case null when faults.Count > faulty:
                break;
            case null or "message":
                InputMessageReader.Read(fields, path, conversation, faults);
                break;
            case "function_call":
                ReadCall(fields, path, conversation);
                break;
            case "function_call_output":
                ReadOutput(fields, path, conversation, faults);
                break;
            case "reasoning":
                ReasoningReader.Read(fields, path, conversation, faults);
                break;
            case "item_reference":
                ReadReference(fields);
                break;
            default:
                fields.Fault("type", "must be message, function_call, function_call_output or reasoning");
                break;
        }
    }

    private static void ReadCall(FieldReader fields, string path, Conversation conversation)
    {
        var call = new ToolCall
        {
            Id = fields.RequiredText("call_id", ToolCallsReader.MaxIdLength),
            Name = fields.RequiredText("name", MaxNameLength),
            Arguments = fields.Text("arguments", int.MaxValue) ?? "",
        };
        conversation.Call(call, path);
    }

    private static void ReadOutput(FieldReader fields, string path, Conversation conversation, FaultList faults)
    {
        var message = new ChatMessage { Role = "tool", ToolCallId = fields.RequiredText("call_id", ToolCallsReader.MaxIdLength) };
        InputContentReader.Read(fields, "output", path, message, faults);
        conversation.Add(message, path);
    }

    // Clients that take the answer for stored refer to what was thought before. That may be left out: OpenAI leaves it out itself once it is a turn old.
    private static void ReadReference(FieldReader fields)
    {
        if (!fields.RequiredText("id", ToolCallsReader.MaxIdLength).StartsWith(ReasoningId, StringComparison.Ordinal))
        {
            fields.Fault("type", "must not be item_reference: the mesh stores no items. Send the item itself; clients do when store is false");
        }
    }
}
