using System.Diagnostics;
using System.Text.Json.Nodes;
using ModelMesh.EndToEnd.Tests.Harness;
using Xunit;

namespace ModelMesh.EndToEnd.Tests;

[Collection(SharedMesh.Name)]
public sealed class CancelledRequestTests(SharedMesh shared)
{
    private static readonly TimeSpan Bound = TimeSpan.FromMilliseconds(100);

    [Fact]
    public async Task Stream_EndedThroughTheOtherReplica_ItsClientIsToldAndUpstreamAndSlotAreFreeWithin100Milliseconds()
    {
        var mesh = shared.Mesh;
        var journal = mesh.NewJournal();
        await mesh.RegisterAsync("ended", new JsonObject { ["tokens"] = 100_000, ["token_delay_ms"] = 10, ["journal"] = journal.Path }, 1);
        await using var store = await StoreReader.ConnectAsync(mesh.Store.ConnectionString);

        // What falls into somebody else's pause says nothing: the quickest round counts.
        var cancelled = new List<TimeSpan>();
        var freed = new List<TimeSpan>();
        for (var round = 1; round <= 4; round++)
        {
            await using var call = mesh.Infer("ended");
            await call.FirstToken;
            var running = (await RequestsAsync(mesh, registry: 0)).Single()!;
            var other = mesh.Registry((string?)running["instance"] == await InstanceOfAsync(mesh, 0) ? 1 : 0);
            Assert.Equal(("streaming", "127.0.0.1", call.Instance), ((string?)running["state"], (string?)running["client"]!["address"], (string?)running["instance"]));

            var began = Stopwatch.GetTimestamp();
            using var answer = await other.DeleteAsync(new Uri($"/requests/{running["id"]}", UriKind.Relative));
            await Eventually.HoldsAsync(async () => await store.LeasesOfAsync("ended") == 0, TimeSpan.FromSeconds(5), "the lease is freed");
            freed.Add(Stopwatch.GetElapsedTime(began));
            await Eventually.HoldsAsync(() => journal.Read().Cancelled == round, TimeSpan.FromSeconds(5), "the backend is cancelled");
            cancelled.Add(Stopwatch.GetElapsedTime(began, journal.Read().LastCancelled));

            answer.EnsureSuccessStatusCode();
            var outcome = await call.Outcome;
            Assert.Equal((200, "error", "cancelled"), (outcome.Status, outcome.Last, outcome.ErrorCode));
            await Eventually.HoldsAsync(async () => (await RequestsAsync(mesh, registry: 1)).Count == 0, TimeSpan.FromSeconds(5), "it is listed no more");
        }

        Assert.InRange(cancelled.Min(), TimeSpan.Zero, Bound);
        Assert.InRange(freed.Min(), TimeSpan.Zero, Bound);
        Assert.Equal(4, journal.Read().Started);
    }

    private static async Task<JsonArray> RequestsAsync(MeshProcesses mesh, int registry) =>
        JsonNode.Parse(await mesh.Registry(registry).GetStringAsync(new Uri("/requests?model=ended", UriKind.Relative)))!["requests"]!.AsArray();

    // Addresses tell which of the instances a replica is.
    private static async Task<string?> InstanceOfAsync(MeshProcesses mesh, int registry) =>
        (string?)JsonNode.Parse(await mesh.Registry(registry).GetStringAsync(new Uri("/instances", UriKind.Relative)))!["instances"]!.AsArray()
            .Single(instance => new Uri((string)instance!["http_address"]!).Port == mesh.Registry(registry).BaseAddress!.Port)!["id"];
}
