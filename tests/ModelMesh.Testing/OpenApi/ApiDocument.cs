using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace ModelMesh.Testing.OpenApi;

/// <summary>A service's OpenAPI document as tests look at it.</summary>
public sealed class ApiDocument(JsonObject root)
{
    private static readonly string[] Methods = ["get", "put", "post", "delete", "patch", "head", "options", "trace"];

    public JsonObject Root => root;

    public static async Task<ApiDocument> ReadAsync(HttpClient http) =>
        new(JsonNode.Parse(await http.GetByteArrayAsync(new Uri("/openapi/v1.json", UriKind.Relative)))!.AsObject());

    public IEnumerable<ApiOperation> Operations =>
        from path in root["paths"]!.AsObject()
        from method in path.Value!.AsObject()
        where Methods.Contains(method.Key)
        select new ApiOperation(this, method.Key.ToUpperInvariant(), path.Key, method.Value!.AsObject());

    /// <summary>Routes that are in the document, and those that the service maps: each as <c>GET /path</c>, in order. HEAD is GET without a body.</summary>
    public (IReadOnlyList<string> Described, IReadOnlyList<string> Mapped) Compare(IEnumerable<Endpoint> endpoints)
    {
        var described = Operations.Select(operation => $"{operation.Method} {operation.Path}");
        var mapped =
            from endpoint in endpoints.OfType<RouteEndpoint>()
            where endpoint.Metadata.GetMetadata<IExcludeFromDescriptionMetadata>() is null
            let methods = endpoint.Metadata.GetMetadata<IHttpMethodMetadata>()?.HttpMethods is { Count: > 0 } own ? own : ["GET"]
            from method in methods
            where method != "HEAD"
            select $"{method} /{endpoint.RoutePattern.RawText!.TrimStart('/').Replace("**", "", StringComparison.Ordinal)}";
        return ([.. described.Order(StringComparer.Ordinal)], [.. mapped.Order(StringComparer.Ordinal)]);
    }

    /// <summary>The node, or what it refers to.</summary>
    public JsonObject Resolve(JsonNode node)
    {
        var resolved = node.AsObject();
        while (resolved["$ref"] is { } reference)
        {
            resolved = Find(reference.GetValue<string>()) ?? throw new JsonException($"{reference} refers to nothing.");
        }

        return resolved;
    }

    /// <summary>References that lead nowhere, and what nothing refers to.</summary>
    public (IReadOnlyList<string> Dangling, IReadOnlyList<string> Unused) References()
    {
        var used = new HashSet<string>(StringComparer.Ordinal);
        Collect(root, used);
        var components = from kind in root["components"]!.AsObject() from component in kind.Value!.AsObject() select $"#/components/{kind.Key}/{component.Key}";
        return ([.. used.Where(reference => Find(reference) is null)], [.. components.Except(used, StringComparer.Ordinal)]);
    }

    private JsonObject? Find(string reference) =>
        reference[2..].Split('/').Aggregate((JsonNode?)root, (node, name) => node?[name.Replace("~1", "/", StringComparison.Ordinal)]) as JsonObject;

    private static void Collect(JsonNode? node, HashSet<string> used)
    {
        if (node is JsonArray items)
        {
            foreach (var item in items)
            {
                Collect(item, used);
            }
        }

        foreach (var (name, value) in node as JsonObject ?? [])
        {
            if (name == "$ref" || (value is JsonValue text && text.GetValueKind() == JsonValueKind.String && text.GetValue<string>().StartsWith("#/components/", StringComparison.Ordinal)))
            {
                used.Add(value!.GetValue<string>());
            }

            Collect(value, used);
        }
    }
}
