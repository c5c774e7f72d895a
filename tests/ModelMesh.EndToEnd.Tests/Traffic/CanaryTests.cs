using System.Text.Json.Nodes;
using ModelMesh.EndToEnd.Tests.Harness;
using ModelMesh.Testing.Backends;
using Xunit;

namespace ModelMesh.EndToEnd.Tests.Traffic;

/// <summary>A canary under load, through a whole mesh.</summary>
public sealed class CanaryTests
{
    private const int Requests = 10_000;
    private const int Clients = 24;

    [Fact]
    public async Task Canary_TargetTurnsBadAt25Percent_IsRolledBackAndFewerThanOnePercentOfRequestsFail()
    {
        var bad = false;
        await using var old = Provider.Healthy();
        await using var target = new Provider((exchange, number) => !Volatile.Read(ref bad) ? Provider.CompleteAsync(exchange)
            : number % 2 == 0 ? Provider.FailAsync(exchange, 500)
            : CutAsync(exchange));
        await using var mesh = await MeshProcesses.StartAsync();
        await mesh.SendAsync(HttpMethod.Post, "/models", TrafficAdmin.Version("canary", "v1", "vllm", TrafficAdmin.Openai(old), weight: 100));
        await mesh.SendAsync(HttpMethod.Post, "/models", TrafficAdmin.Version("canary", "v2", "vllm", TrafficAdmin.Openai(target), weight: 0));
        using var enough = new CancellationTokenSource();
        var load = LoadAsync(mesh, enough.Token);

        var id = await mesh.BeginRolloutAsync("canary", new JsonObject
        {
            ["from"] = "v1",
            ["to"] = "v2",
            ["strategy"] = "canary",
            ["steps"] = new JsonArray(10, 25, 50, 75, 100),
            ["step_duration"] = 2,
            ["max_error_rate"] = 0.05,
            ["min_requests"] = 20,
        });
        await Eventually.HoldsAsync(async () => (int?)(await mesh.RolloutAsync("canary", id))["traffic_split"]?["v2"] == 25, TimeSpan.FromSeconds(60), $"the target has 25 %\n{mesh.Outputs()}");
        Volatile.Write(ref bad, true);

        await Eventually.HoldsAsync(async () => (string?)(await mesh.RolloutAsync("canary", id, registry: 1))["status"] == "rolled_back", TimeSpan.FromSeconds(20), "it is rolled back");
        var ended = await mesh.RolloutAsync("canary", id);
        Assert.Equal((100, 0), ((int?)ended["traffic_split"]?["v1"], (int?)ended["traffic_split"]?["v2"]));
        Assert.StartsWith("Rolled back: ", (string?)ended["message"], StringComparison.Ordinal);

        // Once the gateway has heard of it the target gets nothing more, and the rest of the load is served as before.
        await enough.CancelAsync();
        var outcomes = await load;
        var failed = outcomes.Count(outcome => !outcome.IsComplete);
        Assert.True(failed < outcomes.Count / 100, $"{failed} of {outcomes.Count} requests failed");
        Assert.All(outcomes.Where(outcome => !outcome.IsComplete), outcome => Assert.NotEqual("done", outcome.Last));
        Assert.All(outcomes.Where(outcome => outcome.IsComplete), outcome => Assert.Equal(Provider.Answer, outcome.Text));
        var asked = target.Asked;
        for (var i = 0; i < 50; i++)
        {
            await using var call = InferCall.Start(mesh.Gateway, "canary", "count", version: null);
            Assert.True((await call.Outcome).IsComplete);
        }

        Assert.Equal(asked, target.Asked);
    }

    private static async Task CutAsync(UpstreamExchange exchange)
    {
        await Provider.BeginAsync(exchange);
        exchange.Connection.Close();
    }

    // At least so many requests, and no end before the test has seen what it wants.
    private static async Task<IReadOnlyList<StreamOutcome>> LoadAsync(MeshProcesses mesh, CancellationToken enough)
    {
        var begun = 0;
        var outcomes = await Task.WhenAll(Enumerable.Range(0, Clients).Select(async _ =>
        {
            List<StreamOutcome> own = [];
            while (Interlocked.Increment(ref begun) <= Requests || !enough.IsCancellationRequested)
            {
                await using var call = InferCall.Start(mesh.Gateway, "canary", "count", version: null);
                own.Add(await call.Outcome);
            }

            return own;
        }));
        return [.. outcomes.SelectMany(own => own)];
    }
}
