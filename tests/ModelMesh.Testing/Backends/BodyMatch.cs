using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace ModelMesh.Testing.Backends;

/// <summary>Whether a request's body holds what is expected: objects may hold more, arrays must have the same length, numbers compare by value.</summary>
internal static class BodyMatch
{
    /// <summary>The path of the first difference and what is there, or null.</summary>
    public static string? Difference(JsonNode? expected, JsonNode? actual, string path = "$") => (expected, actual) switch
    {
        (JsonObject wanted, JsonObject there) => wanted.Select(field => Difference(field.Value, there[field.Key], $"{path}.{field.Key}")).FirstOrDefault(found => found is not null),
        (JsonArray wanted, JsonArray there) when wanted.Count == there.Count => wanted
            .Select((item, index) => Difference(item, there[index], $"{path}[{index}]")).FirstOrDefault(found => found is not null),
        _ => Same(expected, actual) ? null : $"{path}: expected {Text(expected)}, found {Text(actual)}",
    };

    private static bool Same(JsonNode? expected, JsonNode? actual) =>
        expected?.GetValueKind() == JsonValueKind.Number && actual?.GetValueKind() == JsonValueKind.Number
            ? decimal.Parse(Text(expected), NumberStyles.Float, CultureInfo.InvariantCulture) == decimal.Parse(Text(actual), NumberStyles.Float, CultureInfo.InvariantCulture)
            : JsonNode.DeepEquals(expected, actual);

    private static string Text(JsonNode? node) => node?.ToJsonString() ?? "null";
}
