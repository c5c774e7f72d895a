using System.Text.Json.Nodes;

namespace ModelMesh.Testing.OpenApi;

/// <summary>One operation of an OpenAPI document.</summary>
public sealed record ApiOperation(ApiDocument Document, string Method, string Path, JsonObject Node)
{
    private const string Json = "application/json";

    /// <summary>The schema of its JSON body; null where it takes none.</summary>
    public JsonObject? BodySchema => Node["requestBody"] is { } body ? Document.Resolve(Document.Resolve(body)["content"]![Json]!["schema"]!) : null;

    /// <summary>Whether it refuses fields that it does not know.</summary>
    public bool IsClosed => BodySchema?["additionalProperties"]?.GetValue<bool>() == false;

    /// <summary>The JSON bodies that it shows.</summary>
    public IEnumerable<(string Name, JsonObject Body)> BodyExamples =>
        Node["requestBody"] is { } body
            ? Document.Resolve(body)["content"]![Json]!["examples"]!.AsObject().Select(example => (example.Key, Document.Resolve(example.Value!)["value"]!.AsObject()))
            : [];

    /// <summary>Its path with the examples of its parameters in it.</summary>
    public string ExamplePath => (Node["parameters"]?.AsArray() ?? [])
        .Select(parameter => Document.Resolve(parameter!))
        .Where(parameter => parameter["in"]!.GetValue<string>() == "path")
        .Aggregate(Path, (path, parameter) => path.Replace($"{{{parameter["name"]}}}", Uri.EscapeDataString(parameter["example"]!.GetValue<string>()), StringComparison.Ordinal));

    /// <summary>What it says of a status.</summary>
    public JsonObject? Response(int status) => Node["responses"]![$"{status}"] is { } response ? Document.Resolve(response) : null;

    /// <summary>Every example of an answer, with the media type's description.</summary>
    public IEnumerable<(string Where, string MediaType, JsonObject Media, JsonNode? Example)> AnswerExamples =>
        from response in Node["responses"]!.AsObject()
        from media in Document.Resolve(response.Value!)["content"]?.AsObject() ?? []
        let described = media.Value!.AsObject()
        from example in Examples(described)
        select ($"{Method} {Path} {response.Key}", media.Key, described, example);

    private IEnumerable<JsonNode?> Examples(JsonObject media) =>
        media.TryGetPropertyValue("example", out var one) ? [one] : (media["examples"]?.AsObject() ?? []).Select(example => Document.Resolve(example.Value!)["value"]);
}
