using System.Globalization;
using System.Text.Json;

namespace ModelMesh.ServiceDefaults.Json;

/// <summary>Typed reads: each returns null and reports the fault when the field has the wrong type or range, and null when it is absent.</summary>
public static class FieldReaderValues
{
    /// <param name="maxLength">In characters as people count them, and as JSON schemas do.</param>
    public static string? Text(this FieldReader fields, string name, int maxLength)
    {
        if (!fields.TryTake(name, out var value))
        {
            return null;
        }

        if (value.ValueKind != JsonValueKind.String)
        {
            fields.Wrong(name, "a string", value);
        }
        else if (JsonText.Of(value) is not { } text)
        {
            fields.Fault(name, "holds half of a surrogate pair");
        }
        else if (text.Length > maxLength && text.EnumerateRunes().Count() > maxLength)
        {
            fields.Fault(name, $"must have at most {maxLength} characters");
        }
        else
        {
            return text;
        }

        return null;
    }

    /// <summary>Empty when there is a fault.</summary>
    public static string RequiredText(this FieldReader fields, string name, int maxLength)
    {
        if (!fields.Has(name))
        {
            // Taken all the same, so that null is not an unknown field as well.
            fields.TryTake(name, out _);
            fields.Fault(name, "is required");
            return "";
        }

        var text = fields.Text(name, maxLength);
        if (text is "")
        {
            fields.Fault(name, "must not be empty");
        }

        return text ?? "";
    }

    /// <summary>A text that has to be one of some words.</summary>
    public static string? OneOf(this FieldReader fields, string name, IReadOnlyList<string> words)
    {
        var word = fields.Text(name, int.MaxValue);
        if (word is null || words.Contains(word, StringComparer.Ordinal))
        {
            return word;
        }

        fields.Fault(name, $"must be one of {string.Join(", ", words)}");
        return null;
    }

    public static double? Number(this FieldReader fields, string name, double min, double max)
    {
        if (!fields.TryTake(name, out var value))
        {
            return null;
        }

        if (value.ValueKind != JsonValueKind.Number)
        {
            fields.Wrong(name, "a number", value);
        }
        else if (!value.TryGetDouble(out var number) || number < min || number > max)
        {
            fields.Fault(name, string.Create(CultureInfo.InvariantCulture, $"must be a number from {min} to {max}"));
        }
        else
        {
            return number;
        }

        return null;
    }

    public static long? WholeNumber(this FieldReader fields, string name, long min, long max)
    {
        if (!fields.TryTake(name, out var value))
        {
            return null;
        }

        if (value.ValueKind != JsonValueKind.Number)
        {
            fields.Wrong(name, "a whole number", value);
        }
        else if (!value.TryGetInt64(out var number) || number < min || number > max)
        {
            fields.Fault(name, $"must be a whole number from {min} to {max}");
        }
        else
        {
            return number;
        }

        return null;
    }

    public static bool? Flag(this FieldReader fields, string name)
    {
        if (!fields.TryTake(name, out var value))
        {
            return null;
        }

        if (value.ValueKind is JsonValueKind.True or JsonValueKind.False)
        {
            return value.GetBoolean();
        }

        fields.Wrong(name, "true or false", value);
        return null;
    }

    /// <summary>The text of an object whose fields somebody else knows; checked for what none could make sense of, at any depth. Empty when it is absent.</summary>
    public static string FreeForm(this FieldReader fields, string name)
    {
        if (fields.Section(name) is not { } section)
        {
            return "";
        }

        fields.CheckFreeForm(name, section);
        return section.GetRawText();
    }

    /// <summary>An object as it was written.</summary>
    public static JsonElement? Section(this FieldReader fields, string name)
    {
        if (!fields.TryTake(name, out var value))
        {
            return null;
        }

        if (value.ValueKind == JsonValueKind.Object)
        {
            return value;
        }

        fields.Wrong(name, "an object", value);
        return null;
    }
}
