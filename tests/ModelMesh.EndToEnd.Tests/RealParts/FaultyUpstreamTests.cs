using System.Globalization;
using System.Text.Json.Nodes;
using ModelMesh.EndToEnd.Tests.Harness;
using ModelMesh.Testing.RealParts;
using Xunit;

namespace ModelMesh.EndToEnd.Tests.RealParts;

/// <summary>A whole mesh in front of aimock and its faults, by each plugin that speaks one of its APIs.</summary>
[Collection(SharedMesh.Name)]
public sealed class FaultyUpstreamTests(SharedMesh shared)
{
    private static readonly string[] Types = ["openai", "vllm", "ollama"];

    [OnRealPart(RealPart.AiMock)]
    public async Task Infer_OfAThirdPartysFake_StreamsItsTextToTheEnd() => await EachAsync("plain", "hello", (type, outcome) =>
    {
        Assert.True(outcome.IsComplete, $"{type}: {outcome}");
        Assert.Equal(AiMock.Answer, outcome.Text);
    });

    [OnRealPart(RealPart.AiMock)]
    public async Task Infer_StreamThatTheUpstreamCuts_EndsWithErrorAndNoDone() => await EachAsync("cut", "TRUNC", (_, outcome) =>
    {
        Assert.Equal((200, "error", "backend_error"), (outcome.Status, outcome.Last, outcome.ErrorCode));
        Assert.StartsWith("this str", outcome.Text, StringComparison.Ordinal);
    });

    [OnRealPart(RealPart.AiMock)]
    public async Task Infer_UpstreamsRateLimit_Is429WithRetryAfter() => await EachAsync("limited-upstream", "RATE", (_, outcome) =>
    {
        Assert.Equal((429, "rate_limited"), (outcome.Status, outcome.ErrorCode));
        Assert.InRange(int.Parse(outcome.RetryAfter!, CultureInfo.InvariantCulture), 1, 60);
    });

    [OnRealPart(RealPart.AiMock)]
    public async Task Infer_UpstreamUnavailable_Is503() => await EachAsync("exploding", "BOOM", (_, outcome) =>
        Assert.Equal((503, "backend_unavailable"), (outcome.Status, outcome.ErrorCode)));

    private async Task EachAsync(string name, string prompt, Action<string, StreamOutcome> check)
    {
        await using var server = await AiMock.StartAsync();
        foreach (var type in Types)
        {
            var endpoint = type == "ollama" ? server.Address : server.V1;
            await shared.Mesh.RegisterAsync($"{name}-{type}", new JsonObject { ["endpoint"] = endpoint.ToString(), ["model"] = AiMock.Model }, 4, type: type);
            await using var call = shared.Mesh.Infer($"{name}-{type}", prompt);
            check(type, await call.Outcome);
        }
    }
}
