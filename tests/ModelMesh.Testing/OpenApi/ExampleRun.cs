using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;

namespace ModelMesh.Testing.OpenApi;

/// <summary>Sends what a document shows, and holds the answers against it.</summary>
public static class ExampleRun
{
    /// <summary>One body for each alternative that a schema leaves, with the example of every field in it. In an open schema a field may have none, as one that needs another value of a third.</summary>
    public static IEnumerable<(string Name, JsonObject Body)> FullBodies(ApiOperation operation)
    {
        var schema = operation.BodySchema!;
        var isOpen = schema["additionalProperties"]!.GetValue<bool>();
        var full = new JsonObject(schema["properties"]!.AsObject()
            .Where(property => !isOpen || Examples(operation.Document, property.Value!) is not null)
            .Select(property => KeyValuePair.Create(property.Key, Examples(operation.Document, property.Value!)![0]?.DeepClone())));
        var alternatives = (schema["oneOf"]?.AsArray() ?? []).Select(alternative => alternative!["required"]!.AsArray().Select(name => name!.GetValue<string>()).ToArray()).ToList();
        return alternatives.Count == 0
            ? [("every field", full)]
            : alternatives.Select(alternative => ($"every field, with {string.Join(", ", alternative)}", Without(full, alternatives.SelectMany(names => names).Except(alternative, StringComparer.Ordinal))));
    }

    /// <summary>What is wrong with the answer to a body: its status is no success that is described, or it is not as its schema says.</summary>
    public static async Task<IReadOnlyList<string>> FaultsAsync(HttpClient http, ApiOperation operation, JsonObject? body = null)
    {
        using var request = new HttpRequestMessage(new HttpMethod(operation.Method), operation.ExamplePath);
        if (body is not null)
        {
            request.Content = new ByteArrayContent(Encoding.UTF8.GetBytes(body.ToJsonString())) { Headers = { ContentType = new MediaTypeHeaderValue("application/json") } };
        }

        using var response = await http.SendAsync(request);
        var answer = await response.Content.ReadAsStringAsync();
        if (!response.IsSuccessStatusCode || operation.Response((int)response.StatusCode) is not { } described)
        {
            return [$"{operation.Method} {operation.ExamplePath} answers {(int)response.StatusCode} {answer}"];
        }

        var mediaType = response.Content.Headers.ContentType?.MediaType;
        var missing = (described["headers"]?.AsObject() ?? [])
            .Where(header => operation.Document.Resolve(header.Value!)["required"]?.GetValue<bool>() != false)
            .Select(header => header.Key)
            .Where(name => !response.Headers.Contains(name) && !response.Content.Headers.Contains(name));
        return mediaType is null
            ? []
            : described["content"]?[mediaType] is JsonObject media
                ? [.. AnswerCheck.Faults(operation.Document, mediaType, media, answer), .. missing.Select(name => $"lacks the header {name}")]
                : [$"{operation.Method} {operation.Path} answers {mediaType}, which is not described"];
    }

    private static JsonNode? Examples(ApiDocument document, JsonNode property) => property["examples"] ?? document.Resolve(property)["examples"];

    private static JsonObject Without(JsonObject body, IEnumerable<string> names)
    {
        var rest = body.DeepClone().AsObject();
        foreach (var name in names)
        {
            rest.Remove(name);
        }

        return rest;
    }
}
