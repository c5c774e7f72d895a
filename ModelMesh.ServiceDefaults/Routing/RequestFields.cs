using System.Globalization;
using System.Text.Json;

namespace ModelMesh.ServiceDefaults.Routing;

/// <summary>Finds the fields of a request by the names that conditions give them. A name that is none finds nothing.</summary>
/// <param name="model">The name or alias that the request names; null for one that names none.</param>
internal sealed class RequestFields(RoutingRequest request, string? model)
{
    public const string Model = "model";
    public const string Time = "time";
    private const string TimeFormat = "HH:mm";

    public FieldValue Find(string field) => field switch
    {
        Model => FieldValue.Of(model),
        "capability" => FieldValue.Set(request.Demanded.Union(request.Implied, StringComparer.Ordinal)),
        "prompt_length" => FieldValue.Of(request.PromptLength?.Invoke() ?? 0),
        "user_tier" => FieldValue.Of(request.UserTier),
        Time => FieldValue.Of(request.Time.UtcDateTime.ToString(TimeFormat, CultureInfo.InvariantCulture)),
        "time.weekday" => FieldValue.Of(Weekday(request.Time.UtcDateTime.DayOfWeek)),
        _ when After(field, "header.") is { } header => FieldValue.Of(request.Header?.Invoke(header)),
        _ when After(field, "label.") is { } label => FieldValue.Of(request.Labels.GetValueOrDefault(label)),
        _ when After(field, "metadata.") is { } path => FieldValue.Of(Nested(request.Metadata, path)),
        _ => default,
    };

    /// <summary>A time of day as <see cref="Find"/> writes it, so that texts compare as times do.</summary>
    public static string? TimeOfDay(string text) =>
        TimeOnly.TryParseExact(text, ["HH:mm", "H:mm"], CultureInfo.InvariantCulture, DateTimeStyles.None, out var time) ? time.ToString(TimeFormat, CultureInfo.InvariantCulture) : null;

    private static string? After(string field, string prefix) => field.StartsWith(prefix, StringComparison.Ordinal) && field.Length > prefix.Length ? field[prefix.Length..] : null;

    private static string Weekday(DayOfWeek day) => day switch
    {
        DayOfWeek.Monday => "mon",
        DayOfWeek.Tuesday => "tue",
        DayOfWeek.Wednesday => "wed",
        DayOfWeek.Thursday => "thu",
        DayOfWeek.Friday => "fri",
        DayOfWeek.Saturday => "sat",
        _ => "sun",
    };

    // Each dot may be part of a name or lead into an object. The longest name that leads on goes first, at each level.
    private static JsonElement? Nested(JsonElement? value, string path)
    {
        if (value is not { ValueKind: JsonValueKind.Object } section)
        {
            return null;
        }

        if (section.TryGetProperty(path, out var found))
        {
            return found;
        }

        for (var dot = path.LastIndexOf('.'); dot >= 0; dot = path.AsSpan(0, dot).LastIndexOf('.'))
        {
            if (section.TryGetProperty(path.AsSpan(0, dot), out var inner) && Nested(inner, path[(dot + 1)..]) is { } led)
            {
                return led;
            }
        }

        return null;
    }
}
