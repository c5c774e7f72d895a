using System.Text.Json.Nodes;
using ModelMesh.Testing.Backends;
using Xunit;

namespace ModelMesh.EndToEnd.Tests;

/// <summary>A mesh that exports to nobody passes its callers' contexts on all the same.</summary>
[Collection(SharedMesh.Name)]
public sealed class TraceContextTests(SharedMesh shared)
{
    private const string Trace = "0af7651916cd43dd8448eb211c80319c";

    [Fact]
    public async Task Infer_WhereNobodyCollectsTraces_TheCallersContextAndTheRequestsIdReachTheUpstream()
    {
        await using var upstream = ScriptedUpstream.Answering(exchange => exchange.AnswerAsync(
            200, """{"choices":[{"index":0,"message":{"role":"assistant","content":"ok"},"finish_reason":"stop"}]}"""));
        var mesh = shared.Mesh;
        await mesh.RegisterAsync("traced", new JsonObject { ["endpoint"] = upstream.Address.ToString() }, 10, type: "vllm");
        using var request = new HttpRequestMessage(HttpMethod.Post, "/infer") { Content = new StringContent("""{"model":"traced","input":"hi"}""", System.Text.Encoding.UTF8, "application/json") };
        request.Headers.Add("traceparent", $"00-{Trace}-b7ad6b7169203331-01");
        request.Headers.Add("x-request-id", "traced-1");

        using var response = await mesh.Gateway.SendAsync(request);

        Assert.True(response.IsSuccessStatusCode, await response.Content.ReadAsStringAsync());
        var sent = Assert.Single(upstream.Requests, sent => sent.Method == "POST");
        Assert.Contains(Trace, sent.Header("traceparent"), StringComparison.Ordinal);
        Assert.Equal("traced-1", sent.Header("x-request-id"));
    }

    // Each plugin has a load context, and so an HTTP client, of its own. What it makes of the answer does not matter here.
    [Fact]
    public async Task Infer_OfEveryPluginWithAnUpstream_PassesTheCallersContextOn()
    {
        await using var upstream = ScriptedUpstream.Answering(exchange => exchange.AnswerAsync(400, "{}"));
        var mesh = shared.Mesh;
        string[] types = ["openai", "vllm", "ollama", "llamacpp"];
        foreach (var type in types)
        {
            await mesh.RegisterAsync($"context-{type}", new JsonObject { ["endpoint"] = upstream.Address.ToString() }, 10, type: type);
            using var request = new HttpRequestMessage(HttpMethod.Post, "/infer") { Content = new StringContent($$"""{"model":"context-{{type}}","input":"hi"}""", System.Text.Encoding.UTF8, "application/json") };
            request.Headers.Add("traceparent", $"00-{Trace}-b7ad6b7169203331-01");
            request.Headers.Add("x-request-id", $"of-{type}");
            using var response = await mesh.Gateway.SendAsync(request);
        }

        var sent = upstream.Requests.Where(sent => sent.Method == "POST").ToList();
        Assert.Equal(types.Select(type => $"of-{type}"), sent.Select(request => request.Header("x-request-id")).Distinct());
        Assert.All(sent, request => Assert.Contains(Trace, request.Header("traceparent"), StringComparison.Ordinal));
    }
}
