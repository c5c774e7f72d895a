using System.Text.Json;
using ModelMesh.Contracts.Errors;

namespace ModelMesh.Registry.Admin;

/// <summary>Reads the fields of one JSON object, remembers every fault, and knows which fields nobody asked for. For one use.</summary>
internal sealed class FieldReader(JsonElement source, string path, List<ErrorDetail> faults)
{
    private readonly HashSet<string> _known = new(StringComparer.Ordinal);

    public string? Text(string field)
    {
        if (!TryFind(field, out var value))
        {
            return null;
        }

        if (value.ValueKind == JsonValueKind.String)
        {
            return value.GetString();
        }

        Wrong(field, "a string", value);
        return null;
    }

    public int WholeNumber(string field, int fallback, int min, int max)
    {
        if (!TryFind(field, out var value))
        {
            return fallback;
        }

        if (value.ValueKind != JsonValueKind.Number)
        {
            Wrong(field, "a whole number", value);
        }
        else if (!value.TryGetInt32(out var number) || number < min || number > max)
        {
            Fault(field, $"must be a whole number from {min} to {max}");
        }
        else
        {
            return number;
        }

        return fallback;
    }

    public bool? Flag(string field)
    {
        if (!TryFind(field, out var value))
        {
            return null;
        }

        if (value.ValueKind is JsonValueKind.True or JsonValueKind.False)
        {
            return value.GetBoolean();
        }

        Wrong(field, "true or false", value);
        return null;
    }

    public IReadOnlyList<string> Names(string field)
    {
        if (!TryFind(field, out var value))
        {
            return [];
        }

        if (value.ValueKind != JsonValueKind.Array)
        {
            Wrong(field, "an array of strings", value);
            return [];
        }

        var names = new List<string>();
        foreach (var (index, item) in value.EnumerateArray().Index())
        {
            var place = $"{field}[{index}]";
            if (item.ValueKind != JsonValueKind.String)
            {
                Wrong(place, "a string", item);
            }
            else if (NameRules.Fault(item.GetString()!) is { } fault)
            {
                Fault(place, fault);
            }
            else if (names.Contains(item.GetString()!, StringComparer.Ordinal))
            {
                Fault(place, "is in the list already");
            }
            else
            {
                names.Add(item.GetString()!);
            }
        }

        return names;
    }

    public IReadOnlyDictionary<string, string> Labels(string field)
    {
        var labels = new Dictionary<string, string>(StringComparer.Ordinal);
        if (!TryFind(field, out var value))
        {
            return labels;
        }

        if (value.ValueKind != JsonValueKind.Object)
        {
            Wrong(field, "an object of strings", value);
            return labels;
        }

        foreach (var label in value.EnumerateObject())
        {
            var place = $"{field}.{label.Name}";
            if (NameRules.Fault(label.Name) is { } fault)
            {
                Fault(place, $"its name {fault}");
            }
            else if (label.Value.ValueKind != JsonValueKind.String)
            {
                Wrong(place, "a string", label.Value);
            }
            else
            {
                labels.Add(label.Name, label.Value.GetString()!);
            }
        }

        return labels;
    }

    /// <summary>An object as it was written, or null when the field is absent or wrong.</summary>
    public JsonElement? Section(string field)
    {
        if (!TryFind(field, out var value))
        {
            return null;
        }

        if (value.ValueKind == JsonValueKind.Object)
        {
            return value;
        }

        Wrong(field, "an object", value);
        return null;
    }

    public bool Has(string field) => source.TryGetProperty(field, out _);

    public void Fault(string field, string message) => faults.Add(new ErrorDetail(Path(field), message));

    /// <summary>Ends the reading: every field that no call asked for is a fault.</summary>
    public void Done(IReadOnlyCollection<string> readOnly)
    {
        foreach (var property in source.EnumerateObject().Where(property => !_known.Contains(property.Name)))
        {
            Fault(property.Name, readOnly.Contains(property.Name, StringComparer.Ordinal) ? "is set by the mesh and cannot be given" : "is not a known field");
        }
    }

    private bool TryFind(string field, out JsonElement value)
    {
        _known.Add(field);
        return source.TryGetProperty(field, out value);
    }

    private void Wrong(string field, string wanted, JsonElement value) => Fault(field, $"must be {wanted}, not {JsonFaults.Kind(value)}");

    private string Path(string field) => path.Length == 0 ? field : $"{path}.{field}";
}
