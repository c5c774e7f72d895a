using System.Diagnostics;
using System.Text.Json.Nodes;
using ModelMesh.EndToEnd.Tests.Harness;
using Xunit;

namespace ModelMesh.EndToEnd.Tests;

/// <summary>A registry replica goes with streams on it: killed, or asked to stop.</summary>
public sealed class RegistryGoneTests
{
    private const int Limit = 20;
    private static readonly TimeSpan Ttl = TimeSpan.FromSeconds(4);

    // Shutdown:Grace, as it is by default.
    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(3);
    private static readonly TimeSpan Delay = TimeSpan.FromSeconds(0.5);

    [Fact]
    public async Task Kill9_WithStreamsOnTheReplica_EachGetsAnErrorWithinTwoSecondsCapacityReturnsAndTheOtherReplicaServes()
    {
        await using var mesh = await StartAsync();
        await using var streams = await StreamsAsync(mesh);
        await using var load = new Load(mesh);
        await Eventually.HoldsAsync(() => load.Finished > 20, "the load runs");

        var killed = Stopwatch.GetTimestamp();
        var (victims, survivors) = streams.Of(mesh.Registries[0]);
        mesh.Registries[0].Kill();

        // 1. Each stream of the killed replica ends with an error.
        var errors = await Task.WhenAll(victims.Select(stream => stream.Outcome)).WaitAsync(TimeSpan.FromSeconds(2));
        Assert.All(errors, outcome => Assert.Equal(("error", "backend_unavailable"), (outcome.Last, outcome.ErrorCode)));

        // 2. The capacity they held is back within the TTL, all of it and no more.
        var returned = new List<InferCall>();
        await Eventually.HoldsAsync(
            async () =>
            {
                var call = mesh.Infer("many");
                streams.Add(call);
                await call.FirstToken;
                if (!call.Outcome.IsCompleted)
                {
                    returned.Add(call);
                }

                return returned.Count == victims.Count;
            },
            Ttl + TimeSpan.FromSeconds(1) - Stopwatch.GetElapsedTime(killed),
            "the killed replica's capacity is back");
        await using (var above = mesh.Infer("many"))
        {
            Assert.Equal("capacity_exceeded", (await above.Outcome).ErrorCode);
        }

        // 3. The other replica's streams noticed nothing.
        Assert.All(await Task.WhenAll(survivors.Select(stream => stream.Outcome)), outcome => Assert.True(outcome.IsComplete, $"{outcome.Last} {outcome.ErrorCode}"));

        // 4. New requests kept succeeding; only what was in flight on the killed replica at that moment may be lost.
        var outcomes = await load.EndAsync();
        Assert.InRange(outcomes.Count(outcome => !outcome.IsComplete), 0, Load.Clients);
        Assert.All(outcomes.Where(outcome => !outcome.IsComplete), outcome => Assert.Equal("error", outcome.Last));
    }

    [Fact]
    public async Task Sigterm_WithStreamsOnTheReplica_LongOnesGetAnErrorAfterTheGraceAndNoNewRequestFails()
    {
        await using var mesh = await StartAsync();
        await using var streams = await StreamsAsync(mesh);
        await using var load = new Load(mesh);
        await Eventually.HoldsAsync(() => load.Finished > 20, "the load runs");

        var (victims, survivors) = streams.Of(mesh.Registries[0]);
        var signalled = Stopwatch.GetTimestamp();
        mesh.Registries[0].Terminate();
        Assert.True(await mesh.Registries[0].ExitedWithinAsync(TimeSpan.FromSeconds(10)), "the replica stops");
        Assert.True(Stopwatch.GetElapsedTime(signalled) >= Delay + Grace, "balancers had time to hear of it, and its streams their grace");

        Assert.All(await Task.WhenAll(victims.Select(stream => stream.Outcome)), outcome => Assert.Equal(("error", "backend_unavailable"), (outcome.Last, outcome.ErrorCode)));
        Assert.All(await Task.WhenAll(survivors.Select(stream => stream.Outcome)), outcome => Assert.True(outcome.IsComplete, $"{outcome.Last} {outcome.ErrorCode}"));
        Assert.All(await load.EndAsync(), outcome => Assert.True(outcome.IsComplete, $"{outcome.Status} {outcome.Last} {outcome.ErrorCode}"));
        Assert.Equal(0, await mesh.ActiveAsync("many", registry: 1));
    }

    private static async Task<MeshProcesses> StartAsync()
    {
        var mesh = await MeshProcesses.StartAsync(settings: new Dictionary<string, string>(StringComparer.Ordinal) { ["Leases__Ttl"] = Ttl.ToString(), ["Shutdown__Delay"] = Delay.ToString() });
        await mesh.RegisterAsync("many", new JsonObject { ["tokens"] = 500, ["token_delay_ms"] = 20 }, Limit);
        await mesh.RegisterAsync("brief", new JsonObject { ["tokens"] = 3 }, 1_000);
        return mesh;
    }

    private static async Task<Streams> StreamsAsync(MeshProcesses mesh)
    {
        var streams = new Streams(Enumerable.Range(0, Limit).Select(_ => mesh.Infer("many")));
        await Task.WhenAll(streams.Calls.Select(stream => stream.FirstToken));
        return streams;
    }

    private sealed class Streams(IEnumerable<InferCall> calls) : IAsyncDisposable
    {
        public List<InferCall> Calls { get; } = [.. calls];

        public void Add(InferCall call) => Calls.Add(call);

        /// <summary>The streams on one replica, whose instance id carries its process id, and the others.</summary>
        public (List<InferCall> On, List<InferCall> Elsewhere) Of(ServiceProcess registry)
        {
            var groups = Calls.ToLookup(stream => stream.Instance!.Contains($"-{registry.Id}-", StringComparison.Ordinal));
            Assert.NotEmpty(groups[true]);
            Assert.NotEmpty(groups[false]);
            return ([.. groups[true]], [.. groups[false]]);
        }

        public async ValueTask DisposeAsync()
        {
            foreach (var call in Calls)
            {
                await call.DisposeAsync();
            }
        }
    }

    /// <summary>A few clients that ask for short answers one after the other.</summary>
    private sealed class Load : IAsyncDisposable
    {
        public const int Clients = 4;

        private readonly CancellationTokenSource _stop = new();
        private readonly Task<List<StreamOutcome>[]> _clients;
        private int _finished;

        public Load(MeshProcesses mesh) => _clients = Task.WhenAll(Enumerable.Range(0, Clients).Select(_ => RunAsync(mesh)));

        public int Finished => Volatile.Read(ref _finished);

        public async Task<List<StreamOutcome>> EndAsync()
        {
            await _stop.CancelAsync();
            return [.. (await _clients).SelectMany(outcomes => outcomes)];
        }

        public async ValueTask DisposeAsync()
        {
            await EndAsync();
            _stop.Dispose();
        }

        private async Task<List<StreamOutcome>> RunAsync(MeshProcesses mesh)
        {
            var outcomes = new List<StreamOutcome>();
            while (!_stop.IsCancellationRequested)
            {
                await using var call = mesh.Infer("brief");
                outcomes.Add(await call.Outcome);
                Interlocked.Increment(ref _finished);
            }

            return outcomes;
        }
    }
}
