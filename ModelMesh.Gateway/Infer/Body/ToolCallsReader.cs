using System.Text.Json;
using ModelMesh.Contracts.V1;
using ModelMesh.ServiceDefaults.Json;

namespace ModelMesh.Gateway.Infer.Body;

/// <summary>Reads an assistant's <c>tool_calls</c>: <c>{"id","type":"function","function":{"name","arguments"}}</c>, the arguments as JSON text.</summary>
internal static class ToolCallsReader
{
    /// <summary>The longest id of a call. A backend's own go out as they are and have to come back; some hold more than a name.</summary>
    public const int MaxIdLength = 4096;

    private const int MaxNameLength = 128;

    public static List<ToolCall> Read(FieldReader fields, string path, FaultList faults)
    {
        List<ToolCall> read = [];
        if (!fields.TryTake("tool_calls", out var calls))
        {
            return read;
        }

        if (calls.ValueKind != JsonValueKind.Array)
        {
            fields.Wrong("tool_calls", "an array", calls);
            return read;
        }

        foreach (var (index, call) in calls.EnumerateArray().Index())
        {
            var at = FieldPath.At(FieldPath.Join(path, "tool_calls"), index);
            if (call.ValueKind != JsonValueKind.Object)
            {
                faults.Add(at, "must be an object with id, type and function");
                continue;
            }

            read.Add(ReadCall(new FieldReader(call, at, faults), at, faults));
        }

        return read;
    }

    private static ToolCall ReadCall(FieldReader fields, string path, FaultList faults)
    {
        var call = new ToolCall { Id = fields.RequiredText("id", MaxIdLength) };
        FunctionType.Check(fields);
        if (FunctionType.Section(fields, path, faults) is { } function)
        {
            call.Name = function.RequiredText("name", MaxNameLength);
            call.Arguments = function.Text("arguments", int.MaxValue) ?? "";
            function.RefuseTheRest();
        }

        // The index that a streamed answer's pieces carry comes back with them from clients that collect them.
        fields.TryTake("index", out _);
        fields.RefuseTheRest();
        return call;
    }
}
