using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace ModelMesh.Cli.Models;

/// <summary>A field that an update changes.</summary>
/// <param name="Path">Its path, with dots.</param>
/// <param name="Before">Its JSON; null where there was none.</param>
/// <param name="After">Its JSON; null where there is none any more.</param>
internal sealed record FieldChange(string Path, string? Before, string? After);

/// <summary>What an update changes, field by field. Objects are compared inside, arrays as a whole. Pure.</summary>
internal static class DefinitionDiff
{
    private static readonly JsonSerializerOptions Readable = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static IReadOnlyList<FieldChange> Between(JsonObject before, JsonObject after)
    {
        var changes = new List<FieldChange>();
        Compare("", before, after, changes);
        return changes;
    }

    private static void Compare(string path, JsonObject before, JsonObject after, List<FieldChange> changes)
    {
        foreach (var name in before.Select(field => field.Key).Union(after.Select(field => field.Key), StringComparer.Ordinal))
        {
            var inner = path.Length == 0 ? name : $"{path}.{name}";
            var (was, isNow) = (before[name], after[name]);
            if (was is JsonObject left && isNow is JsonObject right)
            {
                Compare(inner, left, right, changes);
            }
            else if (!JsonNode.DeepEquals(was, isNow))
            {
                changes.Add(new FieldChange(inner, was?.ToJsonString(Readable), isNow?.ToJsonString(Readable)));
            }
        }
    }
}
