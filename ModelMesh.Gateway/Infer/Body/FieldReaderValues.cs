using System.Globalization;
using System.Text.Json;

namespace ModelMesh.Gateway.Infer.Body;

/// <summary>Typed reads: each returns null and reports the fault when the field has the wrong type or range, and null when it is absent.</summary>
internal static class FieldReaderValues
{
    public static string? Text(this FieldReader fields, string name, int maxLength)
    {
        if (!fields.TryTake(name, out var value))
        {
            return null;
        }

        if (value.ValueKind != JsonValueKind.String)
        {
            fields.Fault(name, "must be a string");
        }
        else if (JsonText.Of(value) is not { } text)
        {
            fields.Fault(name, "holds half of a surrogate pair");
        }
        else if (text.Length > maxLength)
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

    public static double? Number(this FieldReader fields, string name, double min, double max)
    {
        if (!fields.TryTake(name, out var value))
        {
            return null;
        }

        if (value.ValueKind == JsonValueKind.Number && value.TryGetDouble(out var number) && number >= min && number <= max)
        {
            return number;
        }

        fields.Fault(name, string.Create(CultureInfo.InvariantCulture, $"must be a number from {min} to {max}"));
        return null;
    }

    public static long? Integer(this FieldReader fields, string name, long min, long max)
    {
        if (!fields.TryTake(name, out var value))
        {
            return null;
        }

        if (value.ValueKind == JsonValueKind.Number && value.TryGetInt64(out var number) && number >= min && number <= max)
        {
            return number;
        }

        fields.Fault(name, $"must be a whole number from {min} to {max}");
        return null;
    }
}
