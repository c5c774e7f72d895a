using System.Text.Json.Nodes;
using ModelMesh.EndToEnd.Tests.Harness;
using Xunit;

namespace ModelMesh.EndToEnd.Tests.Traffic;

/// <summary>Many open streams while everything around them changes.</summary>
public sealed class SurvivingStreamsTests
{
    private const int Streams = 512;
    private const int Tokens = 150;
    private static readonly TimeSpan Ttl = TimeSpan.FromSeconds(15);

    [Fact]
    public async Task Streams_ThroughUpdateRollbackReplicaKillAndStoreRestart_EverySurvivorHasEachTokenOnceInOrderAndNoLeaseStays()
    {
        var text = string.Join(" ", Enumerable.Range(0, Tokens).Select(number => $"t{number}"));
        await using var mesh = await MeshProcesses.StartAsync(settings: new Dictionary<string, string>(StringComparer.Ordinal) { ["Leases__Ttl"] = Ttl.ToString() });
        await mesh.SendAsync(HttpMethod.Post, "/models", Version("v1", text, weight: 100));
        await mesh.SendAsync(HttpMethod.Post, "/models", Version("v2", text, weight: 0));
        var calls = Enumerable.Range(0, Streams).Select(_ => InferCall.Start(mesh.Gateway, "survivors", "count", version: null)).ToList();
        try
        {
            await Task.WhenAll(calls.Select(call => call.FirstToken));
            var begun = calls.Select(call => call.Instance).ToList();
            Assert.All(begun, Assert.NotNull);

            // 1. An update: streams stay on their revision.
            var updated = await mesh.SendAsync(HttpMethod.Put, "/models/survivors/versions/v1", Version("v1", "updated", weight: 100));

            // 2. A rollout, and back.
            var rollout = await mesh.BeginRolloutAsync("survivors", new JsonObject { ["from"] = "v1", ["to"] = "v2", ["strategy"] = "canary", ["step_duration"] = 60 });
            await Eventually.HoldsAsync(async () => (string?)(await mesh.RolloutAsync("survivors", rollout))["status"] == "running", TimeSpan.FromSeconds(20), "the rollout runs");
            await mesh.SendAsync(HttpMethod.Post, $"/models/survivors/rollouts/{rollout}/abort", registry: 1);

            // 3. The death of a replica.
            var killed = mesh.Registries[0];
            killed.Kill();

            // 4. The store's restart.
            await mesh.Store.KillAsync();
            await mesh.Store.StartAsync();

            var outcomes = await Task.WhenAll(calls.Select(call => call.Outcome)).WaitAsync(TimeSpan.FromMinutes(2));
            var survivors = outcomes.Where(outcome => outcome.IsComplete).ToList();
            Assert.All(survivors, outcome => Assert.Equal((text, Tokens), (outcome.Text, outcome.Tokens)));
            Assert.All(survivors, outcome => Assert.NotEqual((long?)updated["revision"], outcome.Revision));
            Assert.All(outcomes.Except(survivors), outcome => Assert.Equal(("error", "backend_unavailable"), (outcome.Last, outcome.ErrorCode)));
            Assert.All(outcomes.Except(survivors), outcome => Assert.StartsWith(outcome.Text, text, StringComparison.Ordinal));
            Assert.True(survivors.Count >= Streams / 4, $"{survivors.Count} of {Streams} streams survived");
            Assert.Equal(outcomes.Length - survivors.Count, outcomes.Count(outcome => outcome.Instance != survivors[0].Instance));

            // 5. Nothing is left behind, of the dead replica neither; new requests are served by the update.
            await Eventually.HoldsAsync(async () => await mesh.ActiveAsync("survivors", registry: 1) == 0, Ttl + TimeSpan.FromSeconds(15), "no lease stays");
            await Eventually.HoldsAsync(
                async () =>
                {
                    await using var call = InferCall.Start(mesh.Gateway, "survivors", "count", version: null);
                    return await call.Outcome is { IsComplete: true, Text: "updated" };
                },
                TimeSpan.FromSeconds(20),
                "the updated revision serves");
        }
        finally
        {
            foreach (var call in calls)
            {
                await call.DisposeAsync();
            }
        }
    }

    private static JsonObject Version(string version, string text, int weight) =>
        TrafficAdmin.Version("survivors", version, "mock", new JsonObject { ["text"] = text, ["token_delay_ms"] = 100 }, weight, maxConcurrency: Streams);
}
