using ModelMesh.Contracts.V1;
using ModelMesh.ServiceDefaults.Json;

namespace ModelMesh.Gateway.OpenAI.Responses.Body;

/// <summary>Reads <c>text</c>: the form of the answer, and how wordy it is to be.</summary>
internal static class TextReader
{
    private const string Field = "text";
    private const string Format = "format";
    private const int MaxTypeLength = 20;
    private const int MaxNameLength = 128;
    private const int MaxDescriptionLength = 64 * 1024;

    public static ResponseFormat? Read(FieldReader fields, FaultList faults, ExtraFields extra)
    {
        if (fields.Section(Field) is not { } section)
        {
            return null;
        }

        var text = new FieldReader(section, Field, faults);
        if (text.Text("verbosity", MaxTypeLength) is { } verbosity)
        {
            extra.Add("verbosity", verbosity, "text.verbosity");
        }

        return text.Section(Format) is { } format ? ReadFormat(new FieldReader(format, FieldPath.Join(Field, Format), faults)) : null;
    }

    private static ResponseFormat ReadFormat(FieldReader fields)
    {
        var format = new ResponseFormat { Type = fields.RequiredText("type", MaxTypeLength) };
        if (format.Type == "json_schema")
        {
            format.Name = fields.RequiredText("name", MaxNameLength);
            format.Description = fields.Text("description", MaxDescriptionLength) ?? "";
            if (!fields.Has("schema"))
            {
                fields.TryTake("schema", out _);
                fields.Fault("schema", "is required");
            }

            format.SchemaJson = fields.FreeForm("schema");
            if (fields.Flag("strict") is { } strict)
            {
                format.Strict = strict;
            }
        }
        else if (format.Type is not ("" or "text" or "json_object"))
        {
            fields.Fault("type", "must be text, json_object or json_schema");
        }

        // Nobody reads them, but the answer repeats them.
        fields.TakeTheRest();
        return format;
    }
}
