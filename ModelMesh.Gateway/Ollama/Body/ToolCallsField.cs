using System.Text.Json;
using ModelMesh.Contracts.V1;
using ModelMesh.Gateway.Infer.Body;
using ModelMesh.ServiceDefaults.Json;

namespace ModelMesh.Gateway.Ollama.Body;

/// <summary>Reads an assistant's <c>tool_calls</c>: <c>{"id"?,"function":{"name","arguments"}}</c>, the arguments as an object.</summary>
internal static class ToolCallsField
{
    private const string Field = "tool_calls";
    private const int MaxNameLength = 128;

    /// <param name="path">Of the message.</param>
    public static List<ToolCall> Read(FieldReader fields, string path, ToolCallPairing pairing, FaultList faults)
    {
        List<ToolCall> read = [];
        if (!fields.TryTake(Field, out var calls))
        {
            return read;
        }

        if (calls.ValueKind != JsonValueKind.Array)
        {
            fields.Wrong(Field, "an array", calls);
            return read;
        }

        foreach (var (index, call) in calls.EnumerateArray().Index())
        {
            var at = FieldPath.At(FieldPath.Join(path, Field), index);
            if (call.ValueKind != JsonValueKind.Object)
            {
                faults.Add(at, "must be an object with function");
                continue;
            }

            read.Add(ReadCall(new FieldReader(call, at, faults), at, pairing, faults));
        }

        return read;
    }

    private static ToolCall ReadCall(FieldReader fields, string path, ToolCallPairing pairing, FaultList faults)
    {
        var id = fields.Text("id", ToolCallsReader.MaxIdLength);
        FunctionType.Check(fields);
        var call = new ToolCall();
        if (FunctionType.Section(fields, path, faults) is { } function)
        {
            call.Name = function.RequiredText("name", MaxNameLength);
            var arguments = function.FreeForm("arguments");
            call.Arguments = arguments.Length == 0 ? "{}" : arguments;
        }

        call.Id = pairing.Called(id, call.Name);
        return call;
    }
}
