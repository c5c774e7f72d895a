using ModelMesh.Contracts.V1;
using ModelMesh.ServiceDefaults.Json;

namespace ModelMesh.Gateway.Anthropic.Request;

/// <summary>Reads <c>output_config</c> (<c>effort</c> and <c>format</c>), and <c>output_format</c>, which is the format's older place.</summary>
internal static class OutputReader
{
    private const string Config = "output_config";
    private const string OldFormat = "output_format";
    private const int MaxTypeLength = 64;
    private static readonly string[] Efforts = ["low", "medium", "high", "xhigh", "max"];

    /// <returns>The effort, empty where none is named; the format, null where none is; and the format's field.</returns>
    public static (string Effort, ResponseFormat? Format, string Field) Read(FieldReader fields, FaultList faults)
    {
        var effort = "";
        ResponseFormat? format = null;
        var field = FieldPath.Join(Config, "format");
        if (fields.Section(Config) is { } section)
        {
            var config = new FieldReader(section, Config, faults);
            effort = ReadEffort(config);
            format = ReadFormat(config, "format", field, faults);
        }

        if (format is null && ReadFormat(fields, OldFormat, OldFormat, faults) is { } old)
        {
            (format, field) = (old, OldFormat);
        }

        // Both say the same where a client sends both.
        fields.TryTake(OldFormat, out _);
        return (effort, format, field);
    }

    private static string ReadEffort(FieldReader config)
    {
        var effort = config.Text("effort", MaxTypeLength) ?? "";
        if (effort.Length > 0 && !Efforts.Contains(effort))
        {
            config.Fault("effort", $"must be one of {string.Join(", ", Efforts)}");
        }

        return effort == "max" ? "xhigh" : effort;
    }

    private static ResponseFormat? ReadFormat(FieldReader fields, string name, string path, FaultList faults)
    {
        if (fields.Section(name) is not { } section)
        {
            return null;
        }

        var format = new FieldReader(section, path, faults);
        var type = format.RequiredText("type", MaxTypeLength);
        if (type is not ("" or "json_schema"))
        {
            format.Fault("type", $"'{type}' is not supported, only json_schema");
        }

        if (!format.Has("schema"))
        {
            format.Fault("schema", "is required");
        }

        // That API keeps to a schema or refuses it, which is what strict asks a backend for; a name is asked for by backends, not there.
        return new ResponseFormat { Type = "json_schema", Name = "output", SchemaJson = format.FreeForm("schema"), Strict = true };
    }
}
