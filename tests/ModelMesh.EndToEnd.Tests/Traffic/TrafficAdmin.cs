using System.Net.Http.Json;
using System.Text.Json.Nodes;
using ModelMesh.EndToEnd.Tests.Harness;
using Xunit;

namespace ModelMesh.EndToEnd.Tests.Traffic;

/// <summary>An operator's calls that the tests of traffic make.</summary>
internal static class TrafficAdmin
{
    public static async Task<JsonNode> SendAsync(this MeshProcesses mesh, HttpMethod method, string path, JsonObject? body = null, int registry = 0)
    {
        using var request = new HttpRequestMessage(method, new Uri(path, UriKind.Relative)) { Content = body is null ? null : JsonContent.Create(body) };
        using var response = await mesh.Registry(registry).SendAsync(request);
        var text = await response.Content.ReadAsStringAsync();
        Assert.True(response.IsSuccessStatusCode, $"{method} {path}: {(int)response.StatusCode} {text}");
        return text.Length == 0 ? new JsonObject() : JsonNode.Parse(text)!;
    }

    public static JsonObject Version(string name, string version, string type, JsonObject backend, int weight, int maxConcurrency = 64) => new()
    {
        ["name"] = name, ["version"] = version, ["backend_type"] = type, ["max_concurrency"] = maxConcurrency, ["weight"] = weight, ["backend"] = backend,
    };

    public static JsonObject Openai(Provider provider) => new() { ["endpoint"] = provider.Endpoint, ["model"] = "m" };

    public static async Task<string> BeginRolloutAsync(this MeshProcesses mesh, string model, JsonObject rollout) =>
        (string)(await mesh.SendAsync(HttpMethod.Post, $"/models/{model}/rollouts", rollout))["request_id"]!;

    public static Task<JsonNode> RolloutAsync(this MeshProcesses mesh, string model, string id, int registry = 0) =>
        mesh.SendAsync(HttpMethod.Get, $"/models/{model}/rollouts/{id}", registry: registry);
}
