using System.Text.Json;
using ModelMesh.Gateway.Answers;

namespace ModelMesh.Gateway.Cache;

/// <summary>The fields of a JSON object in the order of their names. What they hold stays as it is: the order within a schema, for one, is a model's to see.</summary>
internal static class SortedFields
{
    public static string Of(string json)
    {
        using var document = JsonDocument.Parse(json);
        var fields = document.RootElement.EnumerateObject().OrderBy(field => field.Name, StringComparer.Ordinal).ToList();
        return System.Text.Encoding.UTF8.GetString(ReadableBytes.Write(writer =>
        {
            writer.WriteStartObject();
            foreach (var field in fields)
            {
                writer.WritePropertyName(field.Name);
                writer.WriteRawValue(field.Value.GetRawText(), skipInputValidation: true);
            }

            writer.WriteEndObject();
        }).Span);
    }
}
