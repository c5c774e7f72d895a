using ModelMesh.Contracts.V1;
using ModelMesh.ServiceDefaults.Json;

namespace ModelMesh.Gateway.Infer.Body;

/// <summary>Reads <c>response_format</c>: <c>{"type":"text"}</c>, <c>{"type":"json_object"}</c> or <c>{"type":"json_schema","json_schema":{"name","schema","description"?,"strict"?}}</c>.</summary>
internal static class ResponseFormatReader
{
    private const string Field = "response_format";
    private const string Schema = "json_schema";
    private const int MaxTypeLength = 20;
    private const int MaxNameLength = 128;
    private const int MaxDescriptionLength = 64 * 1024;

    public static ResponseFormat? Read(FieldReader fields, FaultList faults)
    {
        if (fields.Section(Field) is not { } section)
        {
            return null;
        }

        var reader = new FieldReader(section, Field, faults);
        var format = new ResponseFormat { Type = reader.RequiredText("type", MaxTypeLength) };
        if (format.Type == Schema)
        {
            ReadSchema(reader, format, faults);
        }
        else if (format.Type is not ("" or "text" or "json_object"))
        {
            reader.Fault("type", "must be text, json_object or json_schema");
            return format;
        }
        else if (reader.TryTake("schema", out _))
        {
            // Some servers take it there. Passed over, the answer would have any form.
            reader.Fault("schema", "is not a known field; a schema is given with type json_schema, in json_schema.schema");
        }

        reader.RefuseTheRest();
        return format;
    }

    private static void ReadSchema(FieldReader fields, ResponseFormat format, FaultList faults)
    {
        if (!fields.Has(Schema))
        {
            fields.TryTake(Schema, out _);
            fields.Fault(Schema, "is required");
            return;
        }

        if (fields.Section(Schema) is not { } section)
        {
            return;
        }

        var reader = new FieldReader(section, FieldPath.Join(Field, Schema), faults);
        format.Name = reader.RequiredText("name", MaxNameLength);
        format.Description = reader.Text("description", MaxDescriptionLength) ?? "";
        if (!reader.Has("schema"))
        {
            reader.TryTake("schema", out _);
            reader.Fault("schema", "is required");
        }

        format.SchemaJson = reader.FreeForm("schema");
        if (reader.Flag("strict") is { } strict)
        {
            format.Strict = strict;
        }

        reader.RefuseTheRest();
    }
}
