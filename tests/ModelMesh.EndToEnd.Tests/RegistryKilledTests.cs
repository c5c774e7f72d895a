using System.Diagnostics;
using System.Text.Json.Nodes;
using ModelMesh.EndToEnd.Tests.Harness;
using Xunit;

namespace ModelMesh.EndToEnd.Tests;

public sealed class RegistryKilledTests
{
    private static readonly TimeSpan Ttl = TimeSpan.FromSeconds(4);

    [Fact]
    public async Task Kill9_WithStreamsOnTheReplica_TheyGetAnErrorCapacityReturnsAndTheOtherReplicaServes()
    {
        await using var mesh = await MeshProcesses.StartAsync(settings: new Dictionary<string, string>(StringComparer.Ordinal) { ["Leases__Ttl"] = Ttl.ToString() });
        const int limit = 20;
        await mesh.RegisterAsync("many", new JsonObject { ["tokens"] = 400, ["token_delay_ms"] = 20 }, limit);
        await mesh.RegisterAsync("brief", new JsonObject { ["tokens"] = 3 }, 1_000);
        var streams = Enumerable.Range(0, limit).Select(_ => mesh.Infer("many")).ToArray();
        await Task.WhenAll(streams.Select(stream => stream.FirstToken));

        using var stopLoad = new CancellationTokenSource();
        var load = Enumerable.Range(0, 4).Select(_ => LoadAsync(mesh, stopLoad.Token)).ToArray();
        var killed = Stopwatch.GetTimestamp();
        mesh.Registries[0].Kill();

        // 1. Streams of the killed replica end with an error at once; the others do not notice.
        await Until.TrueAsync(() => streams.Any(stream => stream.Outcome.IsCompleted), TimeSpan.FromSeconds(2), "the killed replica's streams end");
        var victims = streams.Count(stream => stream.Outcome.IsCompleted);
        await Until.TrueAsync(() => (victims = streams.Count(stream => stream.Outcome.IsCompleted)) >= limit / 4, TimeSpan.FromSeconds(2) - Stopwatch.GetElapsedTime(killed), "all of them");

        // 2. The capacity that they held is back within the TTL.
        var returned = new List<InferCall>();
        await Until.TrueAsync(
            async () =>
            {
                var call = mesh.Infer("many");
                await call.FirstToken;
                if (call.Outcome.IsCompleted)
                {
                    await call.DisposeAsync();
                    return false;
                }

                returned.Add(call);
                victims = streams.Count(stream => stream.Outcome.IsCompleted);
                return returned.Count == victims;
            },
            Ttl + TimeSpan.FromSeconds(1) - Stopwatch.GetElapsedTime(killed),
            "the killed replica's capacity is back");
        Assert.InRange(victims, 1, limit - 1);
        var survivors = streams.Where(stream => !stream.Outcome.IsCompleted).ToArray();
        Assert.All(streams.Except(survivors), stream =>
        {
            Assert.Equal("error", AssertCompleted(stream).Last);
            Assert.Equal("backend_unavailable", AssertCompleted(stream).ErrorCode);
        });
        Assert.All(await Task.WhenAll(survivors.Select(stream => stream.Outcome)), outcome => Assert.True(outcome.IsComplete, $"{outcome.Last} {outcome.ErrorCode}"));

        // 3. New requests kept succeeding; only those in flight on the killed replica at that moment may be lost.
        await stopLoad.CancelAsync();
        var outcomes = (await Task.WhenAll(load)).SelectMany(outcome => outcome).ToArray();
        Assert.True(outcomes.Length > 20);
        var failed = outcomes.Where(outcome => !outcome.IsComplete).ToArray();
        Assert.True(failed.Length <= load.Length, $"{failed.Length} of {outcomes.Length} failed: {string.Join(", ", failed.Select(f => $"{f.Status} {f.Last} {f.ErrorCode}"))}");
        Assert.All(failed, outcome => Assert.Equal("error", outcome.Last));
        foreach (var call in streams.Concat(returned))
        {
            await call.DisposeAsync();
        }
    }

    private static StreamOutcome AssertCompleted(InferCall call)
    {
        Assert.True(call.Outcome.IsCompletedSuccessfully);
#pragma warning disable RS0030 // The task has ended; awaiting it would make every assertion above async.
        return call.Outcome.Result;
#pragma warning restore RS0030
    }

    private static async Task<List<StreamOutcome>> LoadAsync(MeshProcesses mesh, CancellationToken stop)
    {
        var outcomes = new List<StreamOutcome>();
        while (!stop.IsCancellationRequested)
        {
            await using var call = mesh.Infer("brief");
            outcomes.Add(await call.Outcome);
        }

        return outcomes;
    }
}
