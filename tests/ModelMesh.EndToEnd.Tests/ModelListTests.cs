using System.Net;
using System.Text.Json.Nodes;
using ModelMesh.EndToEnd.Tests.Harness;
using Xunit;

namespace ModelMesh.EndToEnd.Tests;

[Collection(SharedMesh.Name)]
public sealed class ModelListTests(SharedMesh shared)
{
    private const string Name = "listed/model";
    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(15);

    [Fact]
    public async Task List_OfAModelInUseOnTwoReplicas_CountsBothAndHasItsSpeedAfterwards()
    {
        var mesh = shared.Mesh;
        await mesh.RegisterAsync(Name, new JsonObject { ["tokens"] = 80, ["token_delay_ms"] = 100, ["first_token_delay_ms"] = 200 }, maxConcurrency: 8);
        Assert.Equal(Name, (string?)(await OneAsync(mesh))["id"]);
        await EventuallyAsync(mesh, details => (string?)details["status"] == "ready", "it is ready");

        var calls = Enumerable.Range(0, 6).Select(_ => mesh.Infer(Name)).ToArray();
        await EventuallyAsync(mesh, details => (int?)details["active"] == 6, "all of its requests are counted");
        var outcomes = await Task.WhenAll(calls.Select(call => call.Outcome));
        Assert.All(outcomes, outcome => Assert.True(outcome.IsComplete));
        Assert.Equal(2, outcomes.Select(outcome => outcome.Instance).Distinct(StringComparer.Ordinal).Count());

        await EventuallyAsync(mesh, details => (int?)details["active"] == 0 && details["tokens_per_second"] is not null, "they have ended and left their speed");
        var after = (await OneAsync(mesh))["modelmesh"]!;
        Assert.InRange((double)after["tokens_per_second"]!, 1, 10.1);
        // A timer may fire a little before a stopwatch says so.
        Assert.InRange((double)after["time_to_first_token_ms"]!, 190, 10_000);
        Assert.Equal("healthy", (string?)after["health"]!["state"]);
    }

    [Fact]
    public async Task List_ThatTheClientHas_Is304UntilAModelIsRegistered()
    {
        var mesh = shared.Mesh;
        const string name = "listed-later";
        var path = new Uri("/v1/models?capability=listed-later", UriKind.Relative);
        using var first = await mesh.Gateway.GetAsync(path);
        var tag = first.Headers.ETag!.ToString();
        Assert.Equal(HttpStatusCode.NotModified, await StatusAsync(mesh, path, tag));

        var definition = $$"""{"name":"{{name}}","version":"v1","backend_type":"mock","capabilities":["listed-later"]}""";
        using var registered = await mesh.Registry(0).PostAsync(new Uri("/models", UriKind.Relative), new StringContent(definition, System.Text.Encoding.UTF8, "application/json"));
        registered.EnsureSuccessStatusCode();

        await Eventually.HoldsAsync(async () => await StatusAsync(mesh, path, tag) == HttpStatusCode.OK, Soon, "the list has changed");
    }

    private static async Task<HttpStatusCode> StatusAsync(MeshProcesses mesh, Uri path, string tag)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, path) { Headers = { { "If-None-Match", tag } } };
        using var answer = await mesh.Gateway.SendAsync(request);
        return answer.StatusCode;
    }

    private static Task<TimeSpan> EventuallyAsync(MeshProcesses mesh, Func<JsonNode, bool> condition, string what) =>
        Eventually.HoldsAsync(async () => condition((await OneAsync(mesh))["modelmesh"]!), Soon, what);

    private static async Task<JsonNode> OneAsync(MeshProcesses mesh) => JsonNode.Parse(await mesh.Gateway.GetStringAsync(new Uri($"/v1/models/{Uri.EscapeDataString(Name)}", UriKind.Relative)))!;
}
