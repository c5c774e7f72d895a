using System.Collections.Concurrent;
using System.Text.Json.Nodes;
using ModelMesh.EndToEnd.Tests.Harness;
using Xunit;

namespace ModelMesh.EndToEnd.Tests;

public sealed class StoreStoppedTests
{
    private static readonly TimeSpan AtOnce = TimeSpan.FromMilliseconds(250);

    // What waits for a command's time-out takes twice as long.
    private static readonly TimeSpan NoTimeout = TimeSpan.FromSeconds(1);

    [Fact]
    public async Task StoreStoppedAndBack_RefusesAtOnceKeepsStreamsAndRecoversWithNothingLost()
    {
        await using var mesh = await MeshProcesses.StartAsync(settings: new Dictionary<string, string>(StringComparer.Ordinal) { ["Leases__Ttl"] = "00:00:20" });
        // Twelve seconds: longer than a store takes to come back on a busy machine, shorter than its lease lasts without one.
        await mesh.RegisterAsync("steady", new JsonObject { ["tokens"] = 240, ["token_delay_ms"] = 50 }, 10);
        await mesh.RegisterAsync("brief", new JsonObject { ["tokens"] = 3 }, 10);
        await using var running = mesh.Infer("steady");
        await running.FirstToken;

        // Warm: what is bounded is the answer, not the first run of the code that makes it.
        await using (var warm = mesh.Infer("no such model"))
        {
            await warm.Outcome;
        }

        await mesh.Store.KillAsync();
        var refusals = new List<StreamOutcome>();
        for (var i = 0; i < 20; i++)
        {
            refusals.Add(await RequestAsync(mesh));
        }

        Assert.All(refusals, refused =>
        {
            Assert.Equal((503, "store_unavailable"), (refused.Status, refused.ErrorCode));
            Assert.InRange(refused.Elapsed, TimeSpan.Zero, NoTimeout);
        });

        // One of them may fall into somebody else's pause.
        Assert.InRange(refusals.Select(refused => refused.Elapsed).Order().ElementAt(refusals.Count - 2), TimeSpan.Zero, AtOnce);

        var inFlight = JsonNode.Parse(await mesh.Registry(1).GetStringAsync(new Uri("/requests?model=steady", UriKind.Relative)))!;
        Assert.Equal(("streaming", 0), ((string?)inFlight["requests"]!.AsArray().Single()!["state"], inFlight["unreachable"]!.AsArray().Count));

        var before = running.Tokens;
        await Eventually.HoldsAsync(() => running.Tokens > before + 5, TimeSpan.FromSeconds(2), "the running stream goes on without the store");

        await mesh.Store.StartAsync();
        await Eventually.HoldsAsync(async () => (await RequestAsync(mesh)).IsComplete, TimeSpan.FromSeconds(10), $"requests succeed again\n{mesh.Outputs()}");

        Assert.True((await running.Outcome).IsComplete, "the stream that ran throughout ends whole");
        Assert.Equal("ready", (string?)(await mesh.ReadAsync("steady", registry: 1))["status"]);
        await mesh.RegisterAsync("later", [], 1, registry: 1);
        await using var call = mesh.Infer("later");
        Assert.True((await call.Outcome).IsComplete);

        // A stream that ended while the store was away could not give its slot back: that one expires.
        await Eventually.HoldsAsync(async () => await mesh.ActiveAsync("steady") == 0, TimeSpan.FromSeconds(25), "no slot stays taken");
    }

    [Fact]
    public async Task StoreKilled_WhileModelsAreRegistered_LosesNoneThatWasAcknowledged()
    {
        await using var mesh = await MeshProcesses.StartAsync(registries: 1);
        var acknowledged = new ConcurrentBag<string>();
        var writers = Enumerable.Range(0, 4).Select(async writer =>
        {
            for (var n = 0; ; n++)
            {
                try
                {
                    await mesh.RegisterAsync($"kept-{writer}-{n}", [], 1);
                    acknowledged.Add($"kept-{writer}-{n}");
                }
                catch (InvalidOperationException refused) when (refused.Message.Contains("store_unavailable", StringComparison.Ordinal))
                {
                    return;
                }
            }
        }).ToArray();
        await Eventually.HoldsAsync(() => acknowledged.Count > 100, TimeSpan.FromSeconds(20), "models are being registered");

        await mesh.Store.KillAsync();
        await Task.WhenAll(writers);
        await mesh.Store.StartAsync();

        // A second replica has nothing but the store to know them from.
        await mesh.AddRegistryAsync();
        await Eventually.HoldsAsync(() => MeshProcesses.HealthyAsync(mesh.Registry(1)), TimeSpan.FromSeconds(10), "the second replica is healthy");
        foreach (var model in acknowledged)
        {
            await mesh.ReadAsync(model, registry: 1);
        }
    }

    private static async Task<StreamOutcome> RequestAsync(MeshProcesses mesh)
    {
        await using var call = InferCall.Start(mesh.Gateway, "brief", "hello");
        return await call.Outcome;
    }
}
