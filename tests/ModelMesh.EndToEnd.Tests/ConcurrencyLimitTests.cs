using System.Text.Json.Nodes;
using ModelMesh.EndToEnd.Tests.Harness;
using Xunit;

namespace ModelMesh.EndToEnd.Tests;

[Collection(SharedMesh.Name)]
public sealed class ConcurrencyLimitTests(SharedMesh shared)
{
    private const int Limit = 7;
    private const int Clients = 200;

    [Fact]
    public async Task Infer_200ClientsAtOnceAgainstLimit7OnTwoReplicas_NeverMoreThan7InFlightAndNoLeaseLeft()
    {
        var mesh = shared.Mesh;
        var journal = mesh.NewJournal();
        await mesh.RegisterAsync("limited", new JsonObject { ["tokens"] = 5, ["token_delay_ms"] = 10, ["journal"] = journal.Path }, Limit);

        // The whole takes some tenths of a second: a replica that has the model to make first would come too late for any of it.
        await Eventually.HoldsAsync(
            async () => (string?)(await mesh.ReadAsync("limited", 0))["status"] == "ready" && (string?)(await mesh.ReadAsync("limited", 1))["status"] == "ready",
            TimeSpan.FromSeconds(10),
            "both replicas serve the model");

        // Each client comes back several times, so that slots change hands between replicas under contention all the while.
        var outcomes = (await Task.WhenAll(Enumerable.Range(0, Clients).Select(async client =>
        {
            var seen = new List<StreamOutcome>();
            for (var attempt = 0; attempt < 4; attempt++)
            {
                await using var call = mesh.Infer("limited", $"client {client}");
                seen.Add(await call.Outcome);
            }

            return seen;
        }))).SelectMany(seen => seen).ToArray();

        var calls = journal.Read();
        Assert.InRange(calls.PeakInFlight, 2, Limit);
        Assert.Equal(2, calls.Processes);
        Assert.Equal(calls.Started, outcomes.Count(outcome => outcome.IsComplete));
        var refused = outcomes.Where(outcome => !outcome.IsComplete).ToArray();
        Assert.NotEmpty(refused);
        Assert.All(refused, outcome =>
        {
            Assert.Equal(429, outcome.Status);
            Assert.Equal("capacity_exceeded", outcome.ErrorCode);
            Assert.True(int.Parse(outcome.RetryAfter!, provider: null) >= 1);
        });
        await using var store = await StoreReader.ConnectAsync(mesh.Store.ConnectionString);
        Assert.Equal(0, await store.LeasesOfAsync("limited"));
    }
}
