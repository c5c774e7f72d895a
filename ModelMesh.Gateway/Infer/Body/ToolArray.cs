using System.Text.Json;
using ModelMesh.Contracts.V1;
using ModelMesh.ServiceDefaults.Json;

namespace ModelMesh.Gateway.Infer.Body;

/// <summary>What <c>tools</c> is in every API: an array of objects, each of which declares a function with a name of its own.</summary>
internal static class ToolArray
{
    private const string Field = "tools";
    private const int MaxTools = 512;
    private const int MaxNameLength = 128;
    private const int MaxDescriptionLength = 64 * 1024;

    /// <param name="members">What a tool has to have, in words.</param>
    /// <param name="readTool">Reads one tool at its path, given the names before it.</param>
    public static List<Tool> Read(FieldReader fields, FaultList faults, string members, Func<FieldReader, string, HashSet<string>, Tool> readTool)
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
            if (tool.ValueKind == JsonValueKind.Object)
            {
                read.Add(readTool(new FieldReader(tool, at, faults), at, names));
            }
            else
            {
                faults.Add(at, $"must be an object with {members}");
            }
        }

        return read;
    }

    /// <summary>Reads the function that a tool declares.</summary>
    /// <param name="parameters">What the schema of its arguments is called.</param>
    /// <param name="names">The names before it; its own is added.</param>
    public static Tool ReadFunction(FieldReader fields, string parameters, HashSet<string> names)
    {
        var tool = new Tool
        {
            Name = fields.RequiredText("name", MaxNameLength),
            Description = fields.Text("description", MaxDescriptionLength) ?? "",
            ParametersJson = fields.FreeForm(parameters),
        };
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
