using System.Reflection;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using ModelMesh.ServiceDefaults.Http;

namespace ModelMesh.ServiceDefaults.OpenApi;

/// <summary>
/// A service's OpenAPI document, put together from fragments: the JSON files in the folders <c>OpenApi</c> of the service and of this library, one a feature. The handlers read bodies
/// by hand, so nothing could be generated from their signatures; tests hold that the document says what they do.
/// </summary>
public sealed class OpenApiDocument
{
    private const string Prefix = "openapi/";
    private static readonly JsonSerializerOptions Readable = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private OpenApiDocument(JsonObject root)
    {
        Title = root["info"]!["title"]!.GetValue<string>();
        Bytes = JsonSerializer.SerializeToUtf8Bytes(root, Readable);
        EntityTag = EntityTags.OfBody(Bytes);
    }

    /// <summary>The service's name for people.</summary>
    public string Title { get; }

    /// <summary>UTF-8 JSON.</summary>
    public byte[] Bytes { get; }

    /// <summary>Changes with the bytes; quoted.</summary>
    public string EntityTag { get; }

    /// <exception cref="InvalidOperationException">Two fragments say different things of one place.</exception>
    public static OpenApiDocument Of(Assembly service)
    {
        var root = new JsonObject();
        foreach (var (name, fragment) in Fragments(service).Concat(Fragments(typeof(OpenApiDocument).Assembly)))
        {
            Merge(root, fragment, name);
        }

        root["info"]!["version"] = service.GetName().Version!.ToString(3);
        return new OpenApiDocument(root);
    }

    private static IEnumerable<(string Name, JsonObject Fragment)> Fragments(Assembly assembly) =>
        assembly.GetManifestResourceNames()
            .Where(name => name.StartsWith(Prefix, StringComparison.Ordinal))
            .Order(StringComparer.Ordinal)
            .Select(name => (name, Read(assembly, name)));

    private static JsonObject Read(Assembly assembly, string name)
    {
        using var stream = assembly.GetManifestResourceStream(name)!;
        return JsonNode.Parse(stream)!.AsObject();
    }

    private static void Merge(JsonObject into, JsonObject fragment, string place)
    {
        foreach (var (name, value) in fragment.ToList())
        {
            fragment.Remove(name);
            switch (into[name], value)
            {
                case (null, _):
                    into[name] = value;
                    break;
                case (JsonObject ours, JsonObject theirs):
                    Merge(ours, theirs, $"{place}/{name}");
                    break;
                case (JsonArray ours, JsonArray theirs):
                    foreach (var item in theirs.ToList())
                    {
                        theirs.Remove(item);
                        ours.Add(item);
                    }

                    break;
                default:
                    throw new InvalidOperationException($"{place}/{name} is described by another fragment already.");
            }
        }
    }
}
