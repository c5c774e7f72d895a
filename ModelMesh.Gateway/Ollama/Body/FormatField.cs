using System.Text.Json;
using ModelMesh.Contracts.V1;
using ModelMesh.ServiceDefaults.Json;

namespace ModelMesh.Gateway.Ollama.Body;

/// <summary>Reads <c>format</c>: <c>"json"</c> or a JSON schema.</summary>
internal static class FormatField
{
    private const string Field = "format";

    // Other APIs demand that a schema has a name.
    private const string SchemaName = "response";

    public static ResponseFormat? Read(FieldReader fields)
    {
        if (!fields.TryTake(Field, out var format))
        {
            return null;
        }

        switch (format.ValueKind)
        {
            case JsonValueKind.Object:
                fields.CheckFreeForm(Field, format);
                return new ResponseFormat { Type = "json_schema", Name = SchemaName, SchemaJson = format.GetRawText() };
            case JsonValueKind.String when format.ValueEquals("json"u8):
                return new ResponseFormat { Type = "json_object" };
            case JsonValueKind.String when format.ValueEquals(""u8):
                return null;
            default:
                fields.Fault(Field, "must be \"json\" or a JSON schema");
                return null;
        }
    }
}
