using System.Text.Json.Nodes;
using ModelMesh.EndToEnd.Tests.Harness;
using ModelMesh.Testing.Backends;
using Xunit;

namespace ModelMesh.EndToEnd.Tests;

public sealed class TraceContextTests
{
    private const string Trace = "0af7651916cd43dd8448eb211c80319c";

    [Fact]
    public async Task Infer_WhereNobodyCollectsTraces_TheCallersContextAndTheRequestsIdReachTheUpstream()
    {
        await using var upstream = ScriptedUpstream.Answering(exchange => exchange.AnswerAsync(
            200, """{"choices":[{"index":0,"message":{"role":"assistant","content":"ok"},"finish_reason":"stop"}]}"""));
        await using var mesh = await MeshProcesses.StartAsync(registries: 1);
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
}
