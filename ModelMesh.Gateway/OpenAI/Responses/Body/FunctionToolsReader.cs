using System.Text.Json;
using ModelMesh.Contracts.V1;
using ModelMesh.ServiceDefaults.Json;

namespace ModelMesh.Gateway.OpenAI.Responses.Body;

/// <summary>Reads <c>tools</c>: <c>{"type":"function","name","description"?,"parameters"?,"strict"?}</c>.</summary>
internal static class FunctionToolsReader
{
    private const string Field = "tools";
    private const int MaxTools = 512;
    private const int MaxTypeLength = 64;
    private const int MaxNameLength = 128;
    private const int MaxDescriptionLength = 64 * 1024;

    public static List<Tool> Read(FieldReader fields, FaultList faults)
    {
        List<Tool> read = [];
        if (!fields.TryTake(Field, out var tools))
        {
            return read;
        }

        if (tools.ValueKind != JsonValueKind.Array || tools.GetArrayLength() > MaxTools)
        {
            fields.Fault(Field, $"must be an array of at most {MaxTools} tools");
            return read;
        }

        var names = new HashSet<string>(StringComparer.Ordinal);
        foreach (var (index, tool) in tools.EnumerateArray().Index())
        {
            var at = FieldPath.At(Field, index);
            if (tool.ValueKind != JsonValueKind.Object)
            {
                faults.Add(at, "must be an object with type and name");
                continue;
            }

            read.Add(ReadTool(new FieldReader(tool, at, faults), names));
        }

        return read;
    }

    private static Tool ReadTool(FieldReader fields, HashSet<string> names)
    {
        var tool = new Tool();
        var type = fields.RequiredText("type", MaxTypeLength);
        if (type != "function")
        {
            if (type.Length > 0)
            {
                fields.Fault("type", "must be function: the mesh has no tools of its own, the application runs all of them");
            }

            return tool;
        }

        tool.Name = fields.RequiredText("name", MaxNameLength);
        tool.Description = fields.Text("description", MaxDescriptionLength) ?? "";
        tool.ParametersJson = fields.FreeForm("parameters");
        if (fields.Flag("strict") is { } strict)
        {
            tool.Strict = strict;
        }

        if (tool.Name.Length > 0 && !names.Add(tool.Name))
        {
            fields.Fault("name", "is the name of another tool, too");
        }

        // Nobody reads them, but the answer repeats them.
        fields.TakeTheRest();
        return tool;
    }
}
