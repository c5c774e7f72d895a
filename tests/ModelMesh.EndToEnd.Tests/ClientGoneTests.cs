using System.Diagnostics;
using System.Text.Json.Nodes;
using ModelMesh.EndToEnd.Tests.Harness;
using Xunit;

namespace ModelMesh.EndToEnd.Tests;

[Collection(SharedMesh.Name)]
public sealed class ClientGoneTests(SharedMesh shared)
{
    private static readonly TimeSpan Bound = TimeSpan.FromMilliseconds(100);

    [Fact]
    public async Task ClientGone_InMidStream_UpstreamCancelledAndLeaseFreedWithin100Milliseconds() =>
        await LeaveAsync("gone-midstream", new JsonObject { ["tokens"] = 100_000, ["token_delay_ms"] = 10 }, call => call.FirstToken);

    [Fact]
    public async Task ClientGone_BeforeTheFirstToken_UpstreamCancelledAndLeaseFreedWithin100Milliseconds() =>
        await LeaveAsync("gone-early", new JsonObject { ["hang"] = true }, _ => Task.CompletedTask);

    private async Task LeaveAsync(string name, JsonObject backend, Func<InferCall, Task> ready)
    {
        var mesh = shared.Mesh;
        var journal = mesh.NewJournal();
        backend["journal"] = journal.Path;
        await mesh.RegisterAsync(name, backend, 1);
        await using var store = await StoreReader.ConnectAsync(mesh.Store.ConnectionString);

        // The first round warms the path, and one round in five may fall into somebody else's pause: the middle one counts.
        var cancelled = new List<TimeSpan>();
        var freed = new List<TimeSpan>();
        for (var round = 1; round <= 6; round++)
        {
            await using var call = mesh.Infer(name);
            await ready(call);
            await Eventually.HoldsAsync(() => journal.Read().Started == round, TimeSpan.FromSeconds(5), "the backend has the request");
            var left = Stopwatch.GetTimestamp();
            call.Leave();
            await Eventually.HoldsAsync(async () => await store.LeasesOfAsync(name) == 0, TimeSpan.FromSeconds(5), "the lease is freed");
            freed.Add(Stopwatch.GetElapsedTime(left));
            await Eventually.HoldsAsync(() => journal.Read().Cancelled == round, TimeSpan.FromSeconds(5), "the backend is cancelled");
            cancelled.Add(Stopwatch.GetElapsedTime(left, journal.Read().LastCancelled));
        }

        Assert.InRange(Middle(cancelled), TimeSpan.Zero, Bound);
        Assert.InRange(Middle(freed), TimeSpan.Zero, Bound);
    }

    private static TimeSpan Middle(IEnumerable<TimeSpan> rounds) => rounds.Skip(1).Order().ElementAt(2);
}
