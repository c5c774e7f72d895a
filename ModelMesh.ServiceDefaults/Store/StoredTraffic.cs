using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using ModelMesh.Contracts.Catalog;
using ModelMesh.Contracts.Traffic;

namespace ModelMesh.ServiceDefaults.Store;

/// <summary>
/// How the catalog's other hash holds an entry: a line of <c>revision created updated</c> (whole numbers; times in ms since 1970), followed in the same line by the
/// ids of what it refers to (<c>name@version</c>, <c>name@</c> for any version, or <c>alias/name</c>), each after a space; then the definition as JSON. What is referred
/// to cannot be deleted. The line is what scripts read and write; the JSON passes through them untouched.
/// </summary>
public static class StoredTraffic
{
    private const int Numbers = 3;

    /// <summary>The JSON part: the entry less what the line says.</summary>
    public static string Definition(ITrafficEntry entry) => entry switch
    {
        Alias alias => Json(alias with { Revision = 0, CreatedAt = default, UpdatedAt = default }, CatalogJson.Default.Alias),
        RoutingRule rule => Json(rule with { Revision = 0, CreatedAt = default, UpdatedAt = default }, CatalogJson.Default.RoutingRule),
        RoutingDefaults routing => Json(routing with { Revision = 0, CreatedAt = default, UpdatedAt = default }, CatalogJson.Default.RoutingDefaults),
        RateLimit limit => Json(limit with { Revision = 0, CreatedAt = default, UpdatedAt = default }, CatalogJson.Default.RateLimit),
        Caller caller => Json(caller with { Revision = 0, CreatedAt = default, UpdatedAt = default }, CatalogJson.Default.Caller),
        Rollout rollout => Json(rollout with { Revision = 0, CreatedAt = default, UpdatedAt = default }, CatalogJson.Default.Rollout),
        _ => throw new ArgumentException($"{entry.GetType().Name} is no kind of entry.", nameof(entry)),
    };

    /// <summary>The entry, or null when the text is none of that kind.</summary>
    public static ITrafficEntry? Parse(string kind, string text)
    {
        var end = text.IndexOf('\n', StringComparison.Ordinal);
        var line = end < 0 ? [] : text[..end].Split(' ');
        if (line.Length < Numbers || !line.Take(Numbers).All(part => long.TryParse(part, NumberStyles.None, CultureInfo.InvariantCulture, out _)))
        {
            return null;
        }

        try
        {
            var (revision, created, updated) = (Number(line[0]), Time(line[1]), Time(line[2]));
            var json = text.AsSpan(end + 1);
            return kind switch
            {
                TrafficKinds.Alias => JsonSerializer.Deserialize(json, CatalogJson.Default.Alias) is { } alias
                    ? alias with { Revision = revision, CreatedAt = created, UpdatedAt = updated } : null,
                TrafficKinds.Rule => JsonSerializer.Deserialize(json, CatalogJson.Default.RoutingRule) is { } rule
                    ? rule with { Revision = revision, CreatedAt = created, UpdatedAt = updated } : null,
                TrafficKinds.Routing => JsonSerializer.Deserialize(json, CatalogJson.Default.RoutingDefaults) is { } routing
                    ? routing with { Revision = revision, CreatedAt = created, UpdatedAt = updated } : null,
                TrafficKinds.Limit => JsonSerializer.Deserialize(json, CatalogJson.Default.RateLimit) is { } limit
                    ? limit with { Revision = revision, CreatedAt = created, UpdatedAt = updated } : null,
                TrafficKinds.Caller => JsonSerializer.Deserialize(json, CatalogJson.Default.Caller) is { } caller
                    ? caller with { Revision = revision, CreatedAt = created, UpdatedAt = updated } : null,
                TrafficKinds.Rollout => JsonSerializer.Deserialize(json, CatalogJson.Default.Rollout) is { } rollout
                    ? rollout with { Revision = revision, CreatedAt = created, UpdatedAt = updated } : null,
                _ => null,
            };
        }
        catch (Exception exception) when (exception is JsonException or ArgumentOutOfRangeException)
        {
            // Not JSON, or not such an entry, or a time that no calendar has.
            return null;
        }
    }

    private static string Json<T>(T entry, JsonTypeInfo<T> type) => JsonSerializer.Serialize(entry, type);

    private static long Number(string text) => long.Parse(text, CultureInfo.InvariantCulture);

    private static DateTimeOffset Time(string text) => DateTimeOffset.FromUnixTimeMilliseconds(Number(text));
}
