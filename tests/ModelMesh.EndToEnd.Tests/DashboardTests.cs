using System.Text.Json.Nodes;
using ModelMesh.EndToEnd.Tests.Harness;
using ModelMesh.Testing.Backends;
using Xunit;

namespace ModelMesh.EndToEnd.Tests;

/// <summary>What an operator sees of a mesh whose services export to the Aspire dashboard.</summary>
public sealed class DashboardTests
{
    private const string Trace = "4bf92f3577b34da6a3ce929d0e0e4736";
    private const string Prompt = "what-nobody-else-asks";
    private const string Answer = "what-nobody-else-says";

    [OnDashboardFact]
    public async Task Request_IsOneTraceFromTheCallerToTheUpstream_WithItsLogs_AndWithoutAWordOfWhatWasSaid()
    {
        await using var upstream = ScriptedUpstream.Answering(AnswerAsync);
        await using var dashboard = await Dashboard.StartAsync();
        await using var mesh = await MeshProcesses.StartAsync(registries: 1, settings: new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["OTEL_EXPORTER_OTLP_ENDPOINT"] = dashboard.Otlp,
            ["OTEL_EXPORTER_OTLP_PROTOCOL"] = "grpc",
            ["OTEL_BSP_SCHEDULE_DELAY"] = "100",
            ["OTEL_BLRP_SCHEDULE_DELAY"] = "100",
        });
        await mesh.RegisterAsync("seen", new JsonObject { ["endpoint"] = upstream.Address.ToString() }, 10, type: "vllm");
        await mesh.RegisterAsync("refused", new JsonObject { ["endpoint"] = upstream.Address.ToString(), ["model"] = "refused" }, 10, type: "vllm");

        Assert.Contains(Answer, await PostAsync(mesh, "seen"), StringComparison.Ordinal);
        Assert.Contains(Prompt, await PostAsync(mesh, "refused"), StringComparison.Ordinal);

        IReadOnlyList<DashboardSpan> spans = [];
        await Eventually.HoldsAsync(
            async () => (spans = await dashboard.SpansAsync(Trace)).Count(span => span.Name is "POST /infer") == 2 && spans.Count(span => span.Name is "call vllm") == 2,
            TimeSpan.FromSeconds(30),
            "both requests are at the dashboard");
        var way = WayTo(spans, spans.Single(span => span["server.port"] == $"{upstream.Address.Port}" && span["http.response.status_code"] == "200"));
        Assert.Equal(
            [
                "modelmesh-gateway POST /infer", "modelmesh-gateway chat seen", "modelmesh-gateway attempt", "modelmesh-gateway POST",
                "modelmesh-registry POST /modelmesh.v1.Inference/Infer", "modelmesh-registry infer seen", "modelmesh-registry call vllm", "modelmesh-registry POST",
            ],
            way.Select(span => $"{span.Service} {span.Name}"));
        var chat = way[1];
        Assert.Equal(
            ("chat", "vllm", "seen", "seen", "2", "1", "seen-1"),
            (chat["gen_ai.operation.name"], chat["gen_ai.provider.name"], chat["gen_ai.request.model"], chat["gen_ai.response.model"], chat["gen_ai.usage.input_tokens"], chat["gen_ai.usage.output_tokens"], chat["modelmesh.request_id"]));
        Assert.Equal("invalid_request", spans.Single(span => span.Name == "chat refused")["error.type"]);

        IReadOnlyList<JsonNode> logs = [];
        await Eventually.HoldsAsync(async () => (logs = await dashboard.LogsAsync(Trace)).Count > 0, TimeSpan.FromSeconds(30), "the failure was logged");
        Assert.All(logs, log => Assert.Equal(("refused-1", "refused", "v1"), (DashboardSpan.Value(log, "RequestId"), DashboardSpan.Value(log, "Model"), DashboardSpan.Value(log, "Version"))));
        Assert.Contains(logs, log => DashboardSpan.Value(log, "Revision") is not null);

        foreach (var signal in (string[])["traces", "logs"])
        {
            Assert.DoesNotContain("what-nobody", await dashboard.ReadAsync(signal), StringComparison.Ordinal);
        }
    }

    private static Task AnswerAsync(UpstreamExchange exchange) => exchange.Request.Text.Contains("\"refused\"", StringComparison.Ordinal)
        ? exchange.AnswerAsync(400, $$$"""{"error":{"message":"this is too long: {{{Prompt}}}","type":"BadRequestError","code":400}}""")
        : exchange.AnswerAsync(
            200,
            $$$"""{"choices":[{"index":0,"message":{"role":"assistant","content":"{{{Answer}}}"},"finish_reason":"stop"}],"usage":{"prompt_tokens":2,"completion_tokens":1,"total_tokens":3}}""");

    private static async Task<string> PostAsync(MeshProcesses mesh, string model)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/infer")
        {
            Content = new StringContent($$"""{"model":"{{model}}","input":"{{Prompt}}"}""", System.Text.Encoding.UTF8, "application/json"),
        };
        request.Headers.Add("traceparent", $"00-{Trace}-00f067aa0ba902b7-01");
        request.Headers.Add("x-request-id", $"{model}-1");
        using var response = await mesh.Gateway.SendAsync(request);
        return await response.Content.ReadAsStringAsync();
    }

    // From the caller's side to the span.
    private static List<DashboardSpan> WayTo(IReadOnlyList<DashboardSpan> spans, DashboardSpan last)
    {
        List<DashboardSpan> way = [];
        for (var span = last; span is not null; span = spans.SingleOrDefault(parent => parent.Id == span.Parent))
        {
            way.Insert(0, span);
        }

        return way;
    }
}
