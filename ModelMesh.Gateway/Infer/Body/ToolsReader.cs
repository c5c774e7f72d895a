using System.Text.Json;
using ModelMesh.Contracts.V1;
using ModelMesh.ServiceDefaults.Json;

namespace ModelMesh.Gateway.Infer.Body;

/// <summary>Reads <c>tools</c>: <c>{"type":"function","function":{"name","description"?,"parameters"?,"strict"?}}</c>.</summary>
internal static class ToolsReader
{
    private const int MaxTools = 512;
    private const int MaxNameLength = 128;
    private const int MaxDescriptionLength = 64 * 1024;

    public static List<Tool> Read(FieldReader fields, FaultList faults)
    {
        List<Tool> read = [];
        if (!fields.TryTake("tools", out var tools))
        {
            return read;
        }

        if (tools.ValueKind != JsonValueKind.Array || tools.GetArrayLength() > MaxTools)
        {
            fields.Fault("tools", $"must be an array of at most {MaxTools} tools");
            return read;
        }

        var names = new HashSet<string>(StringComparer.Ordinal);
        foreach (var (index, tool) in tools.EnumerateArray().Index())
        {
            var at = FieldPath.At("tools", index);
            if (tool.ValueKind != JsonValueKind.Object)
            {
                faults.Add(at, "must be an object with type and function");
                continue;
            }

            read.Add(ReadTool(new FieldReader(tool, at, faults), at, names, faults));
        }

        return read;
    }

    private static Tool ReadTool(FieldReader fields, string path, HashSet<string> names, FaultList faults)
    {
        var tool = new Tool();
        FunctionType.Check(fields);
        if (FunctionType.Section(fields, path, faults) is { } function)
        {
            tool.Name = function.RequiredText("name", MaxNameLength);
            tool.Description = function.Text("description", MaxDescriptionLength) ?? "";
            tool.ParametersJson = function.FreeForm("parameters");
            if (function.Flag("strict") is { } strict)
            {
                tool.Strict = strict;
            }

            if (tool.Name.Length > 0 && !names.Add(tool.Name))
            {
                function.Fault("name", "is the name of another tool, too");
            }

            function.RefuseTheRest();
        }

        fields.RefuseTheRest();
        return tool;
    }
}
