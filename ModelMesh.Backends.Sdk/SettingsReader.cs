using System.Diagnostics.CodeAnalysis;
using System.Text.Json;

namespace ModelMesh.Backends.Sdk;

/// <summary>
/// Reads a model's settings field by field, remembers every fault, and throws them together in <see cref="Done"/>, which also
/// refuses fields nobody asked for. Not thread-safe; use one per <see cref="IBackendFactory.Create"/>.
/// </summary>
public sealed class SettingsReader
{
    private readonly BackendSettings _settings;
    private readonly HashSet<string> _known = new(StringComparer.Ordinal);
    private readonly List<SettingsFault> _faults = [];

    internal SettingsReader(BackendSettings settings) => _settings = settings;

    /// <summary>A text, or <paramref name="fallback"/> when the field is absent.</summary>
    [return: NotNullIfNotNull(nameof(fallback))]
    public string? Text(string field, string? fallback = null)
    {
        if (!TryFind(field, out var value))
        {
            return fallback;
        }

        if (value.ValueKind == JsonValueKind.String)
        {
            return value.GetString()!;
        }

        Fault(field, "must be a string");
        return fallback;
    }

    /// <summary>An absolute http or https URL, or <paramref name="fallback"/> when the field is absent.</summary>
    [return: NotNullIfNotNull(nameof(fallback))]
    public Uri? Endpoint(string field, Uri? fallback = null)
    {
        if (Text(field) is not { } text)
        {
            return fallback;
        }

        if (Uri.TryCreate(text, UriKind.Absolute, out var uri) && uri.Scheme is "http" or "https")
        {
            return uri;
        }

        Fault(field, "must be an absolute http or https URL");
        return fallback;
    }

    /// <summary>The secret that the field's reference (<c>env:NAME</c>, <c>file:/path</c>) leads to, or null when the field is absent.</summary>
    public string? Secret(string field)
    {
        if (Text(field) is not { } reference)
        {
            return null;
        }

        try
        {
            return _settings.ResolveSecret(reference);
        }
        catch (FormatException exception)
        {
            Fault(field, exception.Message);
            return null;
        }
    }

    /// <summary>A whole number from <paramref name="min"/> to <paramref name="max"/>, or <paramref name="fallback"/> when the field is absent.</summary>
    [return: NotNullIfNotNull(nameof(fallback))]
    public int? WholeNumber(string field, int? fallback = null, int min = 0, int max = int.MaxValue)
    {
        if (!TryFind(field, out var value))
        {
            return fallback;
        }

        if (value.ValueKind == JsonValueKind.Number && value.TryGetInt32(out var number) && number >= min && number <= max)
        {
            return number;
        }

        Fault(field, max == int.MaxValue && !IsAbove(value, max) ? $"must be a whole number of at least {min}" : $"must be a whole number from {min} to {max}");
        return fallback;
    }

    /// <summary>A number from <paramref name="min"/> to <paramref name="max"/>, or <paramref name="fallback"/> when the field is absent.</summary>
    [return: NotNullIfNotNull(nameof(fallback))]
    public double? Number(string field, double? fallback = null, double min = 0, double max = double.MaxValue)
    {
        if (!TryFind(field, out var value))
        {
            return fallback;
        }

        if (value.ValueKind == JsonValueKind.Number && value.TryGetDouble(out var number) && number >= min && number <= max)
        {
            return number;
        }

        Fault(field, max == double.MaxValue && !IsAbove(value, max) ? $"must be a number of at least {min}" : $"must be a number from {min} to {max}");
        return fallback;
    }

    /// <summary>True or false, or <paramref name="fallback"/> when the field is absent.</summary>
    public bool Flag(string field, bool fallback = false)
    {
        if (!TryFind(field, out var value))
        {
            return fallback;
        }

        if (value.ValueKind is JsonValueKind.True or JsonValueKind.False)
        {
            return value.GetBoolean();
        }

        Fault(field, "must be true or false");
        return fallback;
    }

    /// <summary>One of the named values of an enum, in snake_case, or <paramref name="fallback"/> when the field is absent.</summary>
    public TEnum Choice<TEnum>(string field, TEnum fallback)
        where TEnum : struct, Enum
    {
        if (Text(field) is not { } text)
        {
            return fallback;
        }

        foreach (var value in Enum.GetValues<TEnum>())
        {
            if (string.Equals(SnakeCase(value.ToString()), text, StringComparison.Ordinal))
            {
                return value;
            }
        }

        Fault(field, $"must be one of {string.Join(", ", Enum.GetNames<TEnum>().Select(SnakeCase))}");
        return fallback;
    }

    /// <summary>A JSON object as it was written, or null when the field is absent.</summary>
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

        Fault(field, "must be an object");
        return null;
    }

    /// <summary>Records a fault that the plugin found itself.</summary>
    public void Fault(string field, string message) => _faults.Add(new SettingsFault(field, message));

    /// <summary>Ends the reading.</summary>
    /// <exception cref="BackendSettingsException">A field was wrong, or one was given that no call asked for.</exception>
    public void Done()
    {
        switch (_settings.Values.ValueKind)
        {
            case JsonValueKind.Object:
                RefuseUnknown();
                break;
            case JsonValueKind.Undefined or JsonValueKind.Null:
                break;
            default:
                Fault("", "must be an object");
                break;
        }

        if (_faults.Count > 0)
        {
            throw new BackendSettingsException(_faults);
        }
    }

    private void RefuseUnknown()
    {
        foreach (var property in _settings.Values.EnumerateObject().Where(property => !_known.Contains(property.Name)))
        {
            Fault(property.Name, _known.Count == 0
                ? "is not a setting of this backend; it has none"
                : $"is not a setting of this backend; known are {string.Join(", ", _known.Order(StringComparer.Ordinal))}");
        }
    }

    // An upper bound that is the type's own is only worth naming to whoever broke it.
    private static bool IsAbove(JsonElement value, double max) => value.ValueKind == JsonValueKind.Number && value.TryGetDouble(out var number) && number > max;

    private static string SnakeCase(string name) => JsonNamingPolicy.SnakeCaseLower.ConvertName(name);

    private bool TryFind(string field, out JsonElement value)
    {
        _known.Add(field);
        value = default;
        return _settings.Values.ValueKind == JsonValueKind.Object
            && _settings.Values.TryGetProperty(field, out value)
            && value.ValueKind != JsonValueKind.Null;
    }
}
