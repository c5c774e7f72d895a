using System.Text.Json.Nodes;

namespace ModelMesh.EndToEnd.Tests.Harness;

/// <summary>A span as the dashboard tells it.</summary>
/// <param name="Service">Whose it is.</param>
internal sealed record DashboardSpan(string? Service, JsonNode Json)
{
    public string Name => (string)Json["name"]!;

    public string Id => (string)Json["spanId"]!;

    public string? Parent => (string?)Json["parentSpanId"];

    public string? this[string attribute] => Value(Json, attribute);

    /// <summary>An attribute of a span, a log record or a resource as text; null where it is not there.</summary>
    public static string? Value(JsonNode holder, string attribute) =>
        holder["attributes"]?.AsArray().Where(pair => (string?)pair!["key"] == attribute).Select(pair => pair!["value"]!.AsObject().Single().Value!.ToString()).FirstOrDefault();
}
