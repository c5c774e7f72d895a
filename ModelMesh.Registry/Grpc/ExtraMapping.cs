using System.Text.Json;
using Microsoft.Extensions.AI;
using ModelMesh.Contracts.Errors;
using ModelMesh.ServiceDefaults.Json;

namespace ModelMesh.Registry.Grpc;

/// <summary>Turns JSON texts off the wire into objects and into the fields that are passed on as they are.</summary>
internal static class ExtraMapping
{
    /// <summary>The fields of an object; null where there is none. A fault is told at <paramref name="path"/>, which the fields belong to.</summary>
    public static AdditionalPropertiesDictionary? ToExtra(string json, string path, List<ErrorDetail> faults)
    {
        if (json.Length == 0 || ToObject(json, path, faults) is not { } extra)
        {
            return null;
        }

        var properties = new AdditionalPropertiesDictionary();
        foreach (var property in extra.EnumerateObject())
        {
            // The dictionary does not tell names apart by case, so of two such fields one would be lost.
            if (!properties.TryAdd(property.Name, property.Value))
            {
                faults.Add(new ErrorDetail($"{path}.{property.Name}", "is given more than once; upper and lower case are not told apart"));
            }
        }

        return properties;
    }

    public static JsonElement? ToObject(string json, string field, List<ErrorDetail> faults)
    {
        try
        {
            using var document = JsonDocument.Parse(json);
            if (document.RootElement.ValueKind == JsonValueKind.Object)
            {
                // Half a pair can only be written as an escape.
                if (!json.Contains("\\u", StringComparison.Ordinal) || JsonText.IsUnicode(document.RootElement))
                {
                    return document.RootElement.Clone();
                }

                faults.Add(new ErrorDetail(field, "holds half of a surrogate pair"));
                return null;
            }
        }
        catch (JsonException)
        {
            // The same fault as a value that is no object.
        }

        faults.Add(new ErrorDetail(field, "must be a JSON object"));
        return null;
    }
}
