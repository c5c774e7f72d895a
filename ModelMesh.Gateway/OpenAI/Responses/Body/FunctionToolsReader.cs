using ModelMesh.Contracts.V1;
using ModelMesh.Gateway.Infer.Body;
using ModelMesh.ServiceDefaults.Json;

namespace ModelMesh.Gateway.OpenAI.Responses.Body;

/// <summary>Reads <c>tools</c>: <c>{"type":"function","name","description"?,"parameters"?,"strict"?}</c>.</summary>
internal static class FunctionToolsReader
{
    private const int MaxTypeLength = 64;

    public static List<Tool> Read(FieldReader fields, FaultList faults) => ToolArray.Read(fields, faults, "type and name", (tool, _, names) => ReadTool(tool, names));

    private static Tool ReadTool(FieldReader fields, HashSet<string> names)
    {
        var type = fields.RequiredText("type", MaxTypeLength);
        if (type != "function")
        {
            if (type.Length > 0)
            {
                fields.Fault("type", "must be function: the mesh has no tools of its own, the application runs all of them");
            }

            return new Tool();
        }

        var tool = ToolArray.ReadFunction(fields, "parameters", names);

        // Nobody reads them, but the answer repeats them.
        fields.TakeTheRest();
        return tool;
    }
}
