using System.Net.Http.Json;
using System.Text.Json.Nodes;

namespace ModelMesh.Testing.OpenApi;

/// <summary>
/// Finds fields that a service reads and its document does not know, and the other way round. Every object of every example body whose schema is closed is sent again with many more
/// names in it, each null: null counts as absent where a field is known, and is refused by name where it is not.
/// </summary>
public static class KnownFields
{
    /// <summary>Lists the names that a closed schema's reader knows only to refuse them; null in one of these is absent, too.</summary>
    public const string Refused = "x-refused";

    // An answer lists 64 faults.
    private const int NamesAtOnce = 50;

    /// <param name="operations">Those that refuse fields that they do not know.</param>
    /// <param name="names">What else might be a field: the names that the code behind the service has.</param>
    /// <returns>What differs, and closed schemas that no example reaches.</returns>
    public static async Task<IReadOnlyList<string>> DifferencesAsync(HttpClient http, IReadOnlyList<ApiOperation> operations, IEnumerable<string> names)
    {
        List<string> differences = [];
        var candidates = names.Concat(AllProperties(operations[0].Document.Root)).Distinct(StringComparer.Ordinal).ToList();
        var closed = new HashSet<JsonObject>(ReferenceEqualityComparer.Instance);
        var reached = new HashSet<JsonObject>(ReferenceEqualityComparer.Instance);
        foreach (var operation in operations)
        {
            Closed(operation.Document, operation.BodySchema!, closed, new HashSet<JsonObject>(ReferenceEqualityComparer.Instance));
            foreach (var (_, example) in operation.BodyExamples)
            {
                differences.AddRange(await DifferencesAsync(http, operation, example, candidates, reached));
            }
        }

        return [.. differences.Distinct(StringComparer.Ordinal), .. closed.Where(schema => !reached.Contains(schema)).Select(schema => $"no example reaches {schema.GetPath()}")];
    }

    private static async Task<IReadOnlyList<string>> DifferencesAsync(HttpClient http, ApiOperation operation, JsonObject example, List<string> candidates, HashSet<JsonObject> reached)
    {
        List<(JsonObject Schema, JsonObject Value, string Path)> closed = [];
        List<string> differences = [.. new SchemaCheck(operation.Document) { Conforms = (schema, value, path) => AddClosed(closed, schema, value, path) }.Faults(operation.BodySchema!, example)];
        foreach (var (schema, value, path) in closed)
        {
            reached.Add(schema);
            foreach (var some in candidates.Where(candidate => !value.ContainsKey(candidate)).Chunk(NamesAtOnce))
            {
                differences.AddRange(await DifferencesAsync(http, operation, schema, (example, path), some));
            }
        }

        return differences;
    }

    private static async Task<IEnumerable<string>> DifferencesAsync(HttpClient http, ApiOperation operation, JsonObject schema, (JsonObject Example, string Path) at, string[] names)
    {
        var body = at.Example.DeepClone();
        var target = At(body, at.Path);
        foreach (var name in names)
        {
            target[name] = null;
        }

        using var request = new HttpRequestMessage(new HttpMethod(operation.Method), operation.ExamplePath) { Content = JsonContent.Create(body) };
        using var response = await http.SendAsync(request);
        var answer = JsonNode.Parse(await response.Content.ReadAsStringAsync())!;
        var refused = answer["error"]?["details"]?.AsArray().Select(detail => detail!["field"]!.GetValue<string>()).ToHashSet(StringComparer.Ordinal) ?? [];
        return
            from name in names
            let path = at.Path.Length == 0 ? name : $"{at.Path}.{name}"
            let isDescribed = schema["properties"]![name] is not null || (schema[Refused]?.AsArray() ?? []).Any(refusedName => refusedName!.GetValue<string>() == name)
            where isDescribed == refused.Contains(path)
            select isDescribed ? $"{operation.Path}: {path} is described and refused" : $"{operation.Path}: {path} is read and not described";
    }

    private static void AddClosed(List<(JsonObject Schema, JsonObject Value, string Path)> closed, JsonObject schema, JsonObject value, string path)
    {
        if (IsClosed(schema))
        {
            closed.Add((schema, value, path));
        }
    }

    private static bool IsClosed(JsonObject schema) => schema["additionalProperties"] is JsonValue additional && !additional.GetValue<bool>();

    private static JsonObject At(JsonNode body, string path) =>
        path.Split(['.', '[', ']'], StringSplitOptions.RemoveEmptyEntries)
            .Aggregate(body, (node, step) => (node is JsonArray items ? items[int.Parse(step)] : node[step])!).AsObject();

    private static void Closed(ApiDocument document, JsonNode? node, HashSet<JsonObject> closed, HashSet<JsonObject> seen)
    {
        var schema = document.Resolve(node!);
        if (!seen.Add(schema))
        {
            return;
        }

        if (IsClosed(schema))
        {
            closed.Add(schema);
        }

        JsonNode?[] below = [
            .. (schema["properties"] as JsonObject ?? []).Select(property => property.Value), .. schema["oneOf"] as JsonArray ?? [], .. schema["anyOf"] as JsonArray ?? [],
            .. schema["items"] is { } items ? new[] { items } : []];
        foreach (var inner in below)
        {
            Closed(document, inner, closed, seen);
        }
    }

    private static IEnumerable<string> AllProperties(JsonNode? node) => node switch
    {
        JsonObject properties => properties.SelectMany(property => (property.Key == "properties" && property.Value is JsonObject fields ? fields.Select(field => field.Key) : []).Concat(AllProperties(property.Value))),
        JsonArray items => items.SelectMany(AllProperties),
        _ => [],
    };
}
