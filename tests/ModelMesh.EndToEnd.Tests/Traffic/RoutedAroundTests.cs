using System.Text.Json.Nodes;
using ModelMesh.EndToEnd.Tests.Harness;
using Xunit;

namespace ModelMesh.EndToEnd.Tests.Traffic;

/// <summary>A primary model that is down, with another one behind it.</summary>
[Collection(SharedMesh.Name)]
public sealed class RoutedAroundTests(SharedMesh shared)
{
    private const int Requests = 300;

    [Fact]
    public async Task Fallback_PrimaryIsDown_EveryRequestIsServedAndOnceItsBreakerOpenedItCostsFewerThanOneExtraAttemptInFive()
    {
        await using var primary = Provider.Failing(503);
        await using var backup = Provider.Healthy();
        await RegisterAsync("around-primary", primary);
        await RegisterAsync("around-backup", backup);
        await using var routing = await RoutingAsync("around-primary", "around-backup");

        // A gateway hears of changed defaults a moment after the registry has answered.
        await Eventually.HoldsAsync(async () => (await AskAsync()).IsComplete, TimeSpan.FromSeconds(10), "the gateway knows the fallback");

        // It takes as many requests as both replicas' and the gateway's breakers need failures.
        await Eventually.HoldsAsync(
            async () =>
            {
                var before = primary.Asked;
                await ServedByBackupAsync();
                return primary.Asked == before;
            },
            TimeSpan.FromSeconds(20),
            "the breaker is open");

        var (first, second) = (primary.Asked, backup.Asked);
        for (var i = 0; i < Requests; i++)
        {
            await ServedByBackupAsync();
        }

        Assert.InRange((primary.Asked - first) / (double)Requests, 0, 0.2);
        Assert.Equal(Requests, backup.Asked - second);
    }

    [Fact]
    public async Task Fallback_PrimaryFiltersContent_ItsAnswerIsTheAnswer()
    {
        await using var primary = new Provider((exchange, _) => Provider.CompleteAsync(exchange, "content_filter"));
        await using var backup = Provider.Healthy();
        await RegisterAsync("filter-primary", primary);
        await RegisterAsync("filter-backup", backup);
        await using var routing = await RoutingAsync("filter-primary", "filter-backup");

        await using var call = InferCall.Start(shared.Mesh.Gateway, "filter-primary", "count", version: null);

        Assert.True((await call.Outcome).IsComplete);
        Assert.Equal((1, 0), (primary.Asked, backup.Asked));
    }

    private async Task ServedByBackupAsync()
    {
        var outcome = await AskAsync();
        Assert.True(outcome.IsComplete, $"{outcome}");
        Assert.Equal(Provider.Answer, outcome.Text);
    }

    private async Task<StreamOutcome> AskAsync()
    {
        await using var call = InferCall.Start(shared.Mesh.Gateway, "around-primary", "count", version: null);
        return await call.Outcome;
    }

    private Task<JsonNode> RegisterAsync(string name, Provider provider) =>
        shared.Mesh.SendAsync(HttpMethod.Post, "/models", ProviderFault.Settings(TrafficAdmin.Version(name, "v1", "vllm", TrafficAdmin.Openai(provider), weight: 100)));

    // The mesh is shared, and there is one entry of defaults.
    private async Task<Restore> RoutingAsync(string model, string fallback)
    {
        await shared.Mesh.SendAsync(HttpMethod.Put, "/routing", new JsonObject { ["model_fallbacks"] = new JsonObject { [model] = new JsonArray(fallback) } });
        return new Restore(shared.Mesh);
    }

    private sealed class Restore(MeshProcesses mesh) : IAsyncDisposable
    {
        public async ValueTask DisposeAsync() => await mesh.SendAsync(HttpMethod.Put, "/routing", []);
    }
}
