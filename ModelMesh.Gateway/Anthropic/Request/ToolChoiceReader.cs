using ModelMesh.Contracts.V1;
using ModelMesh.ServiceDefaults.Json;

namespace ModelMesh.Gateway.Anthropic.Request;

/// <summary>Reads <c>tool_choice</c>: <c>{"type":"auto"}</c>, <c>any</c>, <c>none</c> or <c>{"type":"tool","name"}</c>, with <c>disable_parallel_tool_use</c>.</summary>
internal static class ToolChoiceReader
{
    private const string Field = "tool_choice";
    private const int MaxNameLength = 128;

    public static (ToolChoice? Choice, bool? Parallel) Read(FieldReader fields, List<Tool> tools, FaultList faults)
    {
        if (fields.Section(Field) is not { } section)
        {
            return (null, null);
        }

        var reader = new FieldReader(section, Field, faults);
        var type = reader.RequiredText("type", MaxNameLength);
        var choice = new ToolChoice();
        switch (type)
        {
            case "auto" or "none":
                choice.Mode = type;
                break;
            case "any":
                choice.Mode = "required";
                break;
            case "tool":
                choice.Mode = "function";
                choice.Function = ReadName(reader, tools);
                break;
            case { Length: > 0 }:
                reader.Fault("type", "must be auto, any, tool or none");
                break;
        }

        if (type is "any" or "tool" && tools.Count == 0)
        {
            reader.Fault("type", "needs tools");
        }

        // Allowing what is allowed anyway is nothing to ask of a backend.
        var parallel = reader.Flag("disable_parallel_tool_use") == true ? false : (bool?)null;

        // Neither is anything where there is nothing to call: many refuse it.
        return tools.Count == 0 ? (null, null) : (choice, parallel);
    }

    private static string ReadName(FieldReader reader, List<Tool> tools)
    {
        var name = reader.RequiredText("name", MaxNameLength);
        if (name.Length > 0 && tools.Count > 0 && !tools.Exists(tool => tool.Name == name))
        {
            reader.Fault("name", "is not the name of one of the tools");
        }

        return name;
    }
}
