using System.Collections.Concurrent;
using System.Diagnostics;
using System.Text.Json.Nodes;
using ModelMesh.EndToEnd.Tests.Harness;
using Xunit;

namespace ModelMesh.EndToEnd.Tests;

public sealed class StoreStoppedTests
{
    [Fact]
    public async Task StoreStoppedAndBack_RefusesAtOnceKeepsStreamsAndRecoversWithNothingLost()
    {
        await using var mesh = await MeshProcesses.StartAsync(settings: new Dictionary<string, string>(StringComparer.Ordinal) { ["Leases__Ttl"] = "00:00:20" });
        await mesh.RegisterAsync("steady", new JsonObject { ["tokens"] = 100, ["token_delay_ms"] = 50 }, 10);
        await using var running = mesh.Infer("steady");
        await running.FirstToken;

        // Warm: what is bounded is the answer, not the first run of the code that makes it.
        await using (var warm = mesh.Infer("no such model"))
        {
            await warm.Outcome;
        }

        await mesh.Store.KillAsync();
        for (var i = 0; i < 20; i++)
        {
            var refused = await RequestAsync(mesh);
            Assert.Equal(503, refused.Status);
            Assert.Equal("store_unavailable", refused.ErrorCode);
            Assert.InRange(refused.Elapsed, TimeSpan.Zero, TimeSpan.FromMilliseconds(250));
        }

        var before = running.Tokens;
        await Eventually.HoldsAsync(() => running.Tokens > before + 5, TimeSpan.FromSeconds(2), "the running stream goes on without the store");

        await mesh.Store.StartAsync();
        var back = Stopwatch.GetTimestamp();
        await Eventually.HoldsAsync(async () => (await RequestAsync(mesh)).IsComplete, TimeSpan.FromSeconds(10), $"requests succeed again\n{mesh.Outputs()}");
        Assert.True(Stopwatch.GetElapsedTime(back) < TimeSpan.FromSeconds(10));

        Assert.True((await running.Outcome).IsComplete, "the stream that ran throughout ends whole");
        Assert.Equal("ready", (string?)(await mesh.ReadAsync("steady", registry: 1))["status"]);
        await mesh.RegisterAsync("later", [], 1, registry: 1);
        await using var call = mesh.Infer("later");
        Assert.True((await call.Outcome).IsComplete);
        Assert.Equal(0, await mesh.ActiveAsync("steady"));
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
        await using var call = InferCall.Start(mesh.Gateway, "steady", "hello");
        return await call.Outcome;
    }
}
