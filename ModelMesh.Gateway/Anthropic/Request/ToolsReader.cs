using System.Text.Json;
using ModelMesh.Contracts.V1;
using ModelMesh.ServiceDefaults.Json;

namespace ModelMesh.Gateway.Anthropic.Request;

/// <summary>Reads <c>tools</c>: <c>{"name","description"?,"input_schema","strict"?}</c>, of the type <c>custom</c> or none. Tools of other types run at Anthropic.</summary>
internal static class ToolsReader
{
    private const int MaxTools = 512;
    private const int MaxTypeLength = 64;
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
            if (tool.ValueKind == JsonValueKind.Object)
            {
                read.Add(ReadTool(new FieldReader(tool, at, faults), names));
            }
            else
            {
                faults.Add(at, "must be an object with name and input_schema");
            }
        }

        return read;
    }

    private static Tool ReadTool(FieldReader fields, HashSet<string> names)
    {
        var tool = new Tool();
        if (fields.Text("type", MaxTypeLength) is { } type and not "custom")
        {
            fields.Fault("type", $"'{type}' is not supported: tools are called by the client, so only custom ones can be used");
            return tool;
        }

        tool.Name = fields.RequiredText("name", MaxNameLength);
        tool.Description = fields.Text("description", MaxDescriptionLength) ?? "";
        if (!fields.Has("input_schema"))
        {
            fields.Fault("input_schema", "is required");
        }

        tool.ParametersJson = fields.FreeForm("input_schema");
        if (fields.Flag("strict") is { } strict)
        {
            tool.Strict = strict;
        }

        if (tool.Name.Length > 0 && !names.Add(tool.Name))
        {
            fields.Fault("name", "is the name of another tool, too");
        }

        return tool;
    }
}
