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
        await using var leases = await LeaseCount.ConnectAsync(mesh.Store.ConnectionString);

        // The first round warms the path; a client's patience is not what is measured there.
        for (var round = 0; round < 4; round++)
        {
            await using var call = mesh.Infer(name);
            await ready(call);
            await Until.TrueAsync(() => journal.Read().Started == round + 1, TimeSpan.FromSeconds(5), "the backend has the request");
            var left = Stopwatch.GetTimestamp();
            call.Leave();
            await Until.TrueAsync(() => journal.Read().Cancelled == round + 1, TimeSpan.FromSeconds(5), "the backend is cancelled");
            await Until.TrueAsync(async () => await leases.OfAsync(name) == 0, TimeSpan.FromSeconds(5), "the lease is freed");
            var freed = Stopwatch.GetElapsedTime(left);
            if (round > 0)
            {
                Assert.InRange(Stopwatch.GetElapsedTime(left, journal.Read().LastCancelled), TimeSpan.Zero, Bound);
                Assert.InRange(freed, TimeSpan.Zero, Bound);
            }
        }
    }
}
