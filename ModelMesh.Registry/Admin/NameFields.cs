using System.Text.Json;
using ModelMesh.ServiceDefaults.Json;

namespace ModelMesh.Registry.Admin;

/// <summary>Reads the fields that hold many names. Bounded: every list of models carries them all.</summary>
internal static class NameFields
{
    private const int MostEntries = 256;

    public static IReadOnlyList<string> Names(this FieldReader fields, string field)
    {
        if (!fields.TryTake(field, out var value))
        {
            return [];
        }

        if (value.ValueKind != JsonValueKind.Array)
        {
            fields.Wrong(field, "an array of strings", value);
            return [];
        }

        if (value.GetArrayLength() > MostEntries)
        {
            fields.Fault(field, $"must have at most {MostEntries} entries");
            return [];
        }

        var seen = new HashSet<string>(StringComparer.Ordinal);
        var names = new List<string>();
        foreach (var (index, item) in value.EnumerateArray().Index())
        {
            var place = $"{field}[{index}]";
            if (Text(fields, place, item) is not { } name)
            {
                continue;
            }

            if (NameRules.Fault(name) is { } fault)
            {
                fields.Fault(place, fault);
            }
            else if (!seen.Add(name))
            {
                fields.Fault(place, "is in the list already");
            }
            else
            {
                names.Add(name);
            }
        }

        return names;
    }

    public static IReadOnlyDictionary<string, string> Labels(this FieldReader fields, string field)
    {
        var labels = new Dictionary<string, string>(StringComparer.Ordinal);
        if (!fields.TryTake(field, out var value))
        {
            return labels;
        }

        if (value.ValueKind != JsonValueKind.Object)
        {
            fields.Wrong(field, "an object of strings", value);
            return labels;
        }

        if (value.GetPropertyCount() > MostEntries)
        {
            fields.Fault(field, $"must have at most {MostEntries} entries");
            return labels;
        }

        foreach (var label in value.EnumerateObject())
        {
            if (JsonText.NameOf(label) is not { } name)
            {
                fields.Fault(field, "has a property whose name is not valid Unicode");
                continue;
            }

            var place = FieldPath.Join(field, name);
            var text = Text(fields, place, label.Value);
            if (NameRules.Fault(name) is { } fault)
            {
                fields.Fault(place, $"its name {fault}");
            }
            else if (text is not null && !labels.TryAdd(name, text))
            {
                fields.Fault(place, "is given more than once");
            }
        }

        return labels;
    }

    private static string? Text(FieldReader fields, string place, JsonElement value)
    {
        if (value.ValueKind != JsonValueKind.String)
        {
            fields.Wrong(place, "a string", value);
            return null;
        }

        if (JsonText.Of(value) is { } text)
        {
            return text;
        }

        fields.Fault(place, "holds half of a surrogate pair");
        return null;
    }
}
