using System.Text;
using System.Text.Json.Nodes;

namespace ModelMesh.Testing.Backends;

/// <summary>A request as an upstream received it.</summary>
public sealed record UpstreamRequest(string Method, string Target, IReadOnlyList<KeyValuePair<string, string>> Headers, byte[] Body)
{
    /// <summary>The target without its query.</summary>
    public string Path => Target.Split('?')[0];

    /// <summary>The body, which must be a JSON object.</summary>
    public JsonObject Json => JsonNode.Parse(Body)!.AsObject();

    /// <summary>The head and the body as text, to search in.</summary>
    public string Text => string.Join('\n', Headers.Select(header => $"{header.Key}: {header.Value}").Prepend($"{Method} {Target}").Append(Encoding.UTF8.GetString(Body)));

    /// <summary>A header's value, or null.</summary>
    public string? Header(string name) => Headers.FirstOrDefault(header => string.Equals(header.Key, name, StringComparison.OrdinalIgnoreCase)).Value;
}
