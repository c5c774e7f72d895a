using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace ModelMesh.Testing.OpenApi;

/// <summary>
/// Holds JSON against a schema of a document. It knows the keywords that ours use, and fails over one that it does not know rather than passing it over.
/// </summary>
public sealed class SchemaCheck(ApiDocument document)
{
    private static readonly string[] Annotations = ["title", "description", "examples", "default", "format", "discriminator", KnownFields.Refused];

    /// <summary>Called with each object that conforms to its schema, on the way.</summary>
    public Action<JsonObject, JsonObject, string>? Conforms { get; init; }

    /// <summary>What is wrong, each as <c>path: why</c>.</summary>
    public IReadOnlyList<string> Faults(JsonNode schema, JsonNode? value)
    {
        List<string> faults = [];
        Check(schema.AsObject(), value, "", faults);
        return faults;
    }

    private void Check(JsonObject schema, JsonNode? value, string path, List<string> faults)
    {
        var before = faults.Count;
        foreach (var (keyword, argument) in schema)
        {
            if (!Annotations.Contains(keyword) && Fault(schema, keyword, argument!, value, path, faults) is { } fault)
            {
                faults.Add($"{path}: {fault}");
            }
        }

        if (faults.Count == before && value is JsonObject properties)
        {
            Conforms?.Invoke(schema, properties, path);
        }
    }

    private string? Fault(JsonObject schema, string keyword, JsonNode argument, JsonNode? value, string path, List<string> faults)
    {
        switch (keyword)
        {
            case "$ref":
                Check(document.Resolve(schema), value, path, faults);
                return null;
            case "type":
                string[] types = argument is JsonArray several ? [.. several.Select(type => type!.GetValue<string>())] : [argument.GetValue<string>()];
                return types.Any(type => IsOf(type, value)) ? null : $"is no {string.Join(" or ", types)}";
            case "enum":
                return argument.AsArray().Any(item => JsonNode.DeepEquals(item, value)) ? null : "is none of the values";
            case "const":
                return JsonNode.DeepEquals(argument, value) ? null : $"is not {argument}";
            case "oneOf" or "anyOf":
                return Alternatives(argument.AsArray(), keyword == "oneOf", value, path);
            case "required":
                return value is JsonObject given && argument.AsArray().Select(name => name!.GetValue<string>()).FirstOrDefault(name => !given.ContainsKey(name)) is { } missing ? $"lacks {missing}" : null;
            case "properties":
                foreach (var (name, property) in (value as JsonObject)?.Where(property => argument[property.Key] is not null).ToList() ?? [])
                {
                    Check(argument[name]!.AsObject(), property, path.Length == 0 ? name : $"{path}.{name}", faults);
                }

                return null;
            case "additionalProperties":
                return Additional(schema, argument, value as JsonObject, path, faults);
            case "items":
                foreach (var (index, item) in (value as JsonArray ?? []).Index())
                {
                    Check(argument.AsObject(), item, $"{path}[{index}]", faults);
                }

                return null;
            case "uniqueItems":
                return value is JsonArray all && all.Select(item => item?.ToJsonString()).Distinct().Count() < all.Count ? "repeats an item" : null;
            case "pattern":
                return Text(value) is { } text && !Regex.IsMatch(text, argument.GetValue<string>(), RegexOptions.None, TimeSpan.FromSeconds(1)) ? $"does not match {argument}" : null;
            default:
                return Bound(keyword, argument, value);
        }
    }

    private string? Alternatives(JsonArray schemas, bool exactlyOne, JsonNode? value, string path)
    {
        var silent = new SchemaCheck(document);
        var fitting = schemas.Where(schema => silent.Faults(schema!, value).Count == 0).ToList();
        if (fitting.Count == 0 || (exactlyOne && fitting.Count > 1))
        {
            return $"fits {fitting.Count} of {schemas.Count} alternatives";
        }

        Check(fitting[0]!.AsObject(), value, path, []);
        return null;
    }

    private string? Additional(JsonObject schema, JsonNode argument, JsonObject? value, string path, List<string> faults)
    {
        foreach (var (name, property) in value?.Where(property => schema["properties"]?[property.Key] is null).ToList() ?? [])
        {
            if (argument is JsonObject additional)
            {
                Check(additional, property, $"{path}.{name}", faults);
            }
            else if (!argument.GetValue<bool>())
            {
                return $"has {name}, which the schema does not know";
            }
        }

        return null;
    }

    private static string? Bound(string keyword, JsonNode argument, JsonNode? value)
    {
        var limit = argument.GetValue<double>();
        var (measured, isLeast) = keyword switch
        {
            "minimum" => (Number(value), true),
            "maximum" => (Number(value), false),
            "minLength" => (Text(value)?.EnumerateRunes().Count(), true),
            "maxLength" => (Text(value)?.EnumerateRunes().Count(), false),
            "minItems" => ((value as JsonArray)?.Count, true),
            "maxItems" => ((value as JsonArray)?.Count, false),
            "maxProperties" => ((double?)(value as JsonObject)?.Count, false),
            _ => throw new NotSupportedException($"The keyword {keyword} is not known here."),
        };
        return measured is { } actual && (isLeast ? actual < limit : actual > limit) ? string.Create(CultureInfo.InvariantCulture, $"{keyword} is {limit}, not {actual}") : null;
    }

    private static string? Text(JsonNode? value) => value is JsonValue text && text.GetValueKind() == JsonValueKind.String ? text.GetValue<string>() : null;

    private static double? Number(JsonNode? value) => value is JsonValue number && number.GetValueKind() == JsonValueKind.Number ? double.Parse(number.ToJsonString(), CultureInfo.InvariantCulture) : null;

    private static bool IsOf(string type, JsonNode? value) => type switch
    {
        "null" => value is null,
        "object" => value is JsonObject,
        "array" => value is JsonArray,
        "string" => value?.GetValueKind() == JsonValueKind.String,
        "boolean" => value?.GetValueKind() is JsonValueKind.True or JsonValueKind.False,
        "number" => Number(value) is not null,
        "integer" => Number(value) is { } number && Math.Floor(number) == number,
        _ => throw new NotSupportedException($"The type {type} is not known here."),
    };
}
