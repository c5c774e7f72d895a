using ModelMesh.Contracts.V1;
using ModelMesh.ServiceDefaults.Json;

namespace ModelMesh.Gateway.Infer.Body;

/// <summary>Reads <c>tools</c>: <c>{"type":"function","function":{"name","description"?,"parameters"?,"strict"?}}</c>.</summary>
internal static class ToolsReader
{
    public static List<Tool> Read(FieldReader fields, FaultList faults) =>
        ToolArray.Read(fields, faults, "type and function", (tool, path, names) => ReadTool(tool, path, names, faults));

    private static Tool ReadTool(FieldReader fields, string path, HashSet<string> names, FaultList faults)
    {
        var tool = new Tool();
        FunctionType.Check(fields);
        if (FunctionType.Section(fields, path, faults) is { } function)
        {
            tool = ToolArray.ReadFunction(function, "parameters", names);
            function.RefuseTheRest();
        }

        fields.RefuseTheRest();
        return tool;
    }
}
