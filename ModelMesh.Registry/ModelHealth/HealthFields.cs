using System.Globalization;
using System.Text.Json;
using StackExchange.Redis;

namespace ModelMesh.Registry.ModelHealth;

/// <summary>How the store's hash holds a <see cref="HealthRecord"/>: texts and whole numbers, an empty text where there is none.</summary>
internal static class HealthFields
{
    /// <summary>In the order in which <see cref="Read"/> takes their values.</summary>
    public static RedisValue[] All { get; } =
        ["revision", "state", "reason", "failures", "failed_probes", "source", "instance", "checked_at", "due_at", "last_error", "last_error_at", "details"];

    public static string Name(HealthState state) => state switch
    {
        HealthState.Healthy => "healthy",
        HealthState.Starting => "starting",
        HealthState.Unhealthy => "unhealthy",
        _ => "unknown",
    };

    public static string Name(HealthSource source) => source == HealthSource.Active ? "active" : "passive";

    public static HealthState State(string? name) => name switch
    {
        "healthy" => HealthState.Healthy,
        "starting" => HealthState.Starting,
        "unhealthy" => HealthState.Unhealthy,
        _ => HealthState.Unknown,
    };

    /// <summary>The record, or null when there is none.</summary>
    public static HealthRecord? Read(string?[] values, DateTimeOffset now)
    {
        if (Number(values[0]) is not { } revision)
        {
            return null;
        }

        var standing = new HealthStanding(State(values[1]), Text(values[2]), (int)(Number(values[3]) ?? 0), (int)(Number(values[4]) ?? 0));
        return new HealthRecord(revision, standing)
        {
            Source = values[5] == "active" ? HealthSource.Active : HealthSource.Passive,
            Instance = Text(values[6]),
            CheckedAt = Time(values[7]),
            DueIn = Time(values[8]) - now ?? TimeSpan.Zero,
            LastError = Text(values[9]),
            LastErrorAt = Time(values[10]),
            Details = Json(Text(values[11])),
        };
    }

    private static string? Text(string? value) => string.IsNullOrEmpty(value) ? null : value;

    private static long? Number(string? value) => long.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;

    private static DateTimeOffset? Time(string? value) => Number(value) is { } ms ? DateTimeOffset.FromUnixTimeMilliseconds(ms) : null;

    private static JsonElement? Json(string? value)
    {
        try
        {
            return value is null ? null : JsonElement.Parse(value);
        }
        catch (JsonException)
        {
            // Somebody else's writing: the rest is worth showing all the same.
            return null;
        }
    }
}
