using ModelMesh.Contracts.V1;
using ModelMesh.Gateway.Infer.Body;
using ModelMesh.ServiceDefaults.Json;

namespace ModelMesh.Gateway.Anthropic.Request;

/// <summary>Reads <c>tools</c>: <c>{"name","description"?,"input_schema","strict"?}</c>, of the type <c>custom</c> or none. Tools of other types run at Anthropic.</summary>
internal static class ToolsReader
{
    private const string Schema = "input_schema";
    private const int MaxTypeLength = 64;

    public static List<Tool> Read(FieldReader fields, FaultList faults) => ToolArray.Read(fields, faults, "name and input_schema", (tool, _, names) => ReadTool(tool, names));

    private static Tool ReadTool(FieldReader fields, HashSet<string> names)
    {
        if (fields.Text("type", MaxTypeLength) is { } type and not "custom")
        {
            fields.Fault("type", $"'{type}' is not supported: tools are called by the client, so only custom ones can be used");
            return new Tool();
        }

        var hasSchema = fields.Has(Schema);
        var tool = ToolArray.ReadFunction(fields, Schema, names);
        if (!hasSchema)
        {
            fields.Fault(Schema, "is required");
        }

        return tool;
    }
}
