using BenchmarkDotNet.Attributes;
using BenchmarkDotNet.Helpers;
using ModelMesh.Contracts.Catalog;
using ModelMesh.Registry.Leases;

namespace ModelMesh.Bench.Micro;

/// <summary>
/// A lease got and given back, over a real store; the time is that of all callers together. Beside it, two bare PINGs of the client library, since it is two round trips. Over the
/// connection of our own, and as it is where only the client library can reach the store.
/// </summary>
[MemoryDiagnoser]
public class LeaseBenchmarks
{
    private const long Revision = 1;
    private static readonly ModelId Model = new("chat", "v1");
    private LeaseStore _store = null!;

    [Params(1, 64)]
    public int Callers { get; set; }

    [Params("own", "library")]
    public string Connection { get; set; } = "";

    // In a program that runs in this process, nobody would wait for a setup that is asynchronous itself.
    [GlobalSetup]
    public void Setup() => AwaitHelper.GetResult(StartAsync());

    [GlobalCleanup]
    public void Cleanup() => AwaitHelper.GetResult(_store.DisposeAsync());

    [Benchmark(Baseline = true)]
    public Task TwoPings() => AllAsync(async () =>
    {
        await PingAsync();
        await PingAsync();
    });

    [Benchmark]
    public Task AcquireAndRelease() => AllAsync(async () =>
    {
        var answer = await _store.Leases.AcquireAsync(Model, Revision);
        await ((LeaseAnswer.Granted)answer).Lease.DisposeAsync();
    });

    private async Task StartAsync()
    {
        _store = await LeaseStore.StartAsync(Connection == "library" ? ",proxy=none" : "");
        await _store.OpenAsync(Model, maxConcurrency: 1_000, Revision);
    }

    private Task<TimeSpan> PingAsync() => _store.Connection.RunAsync("bench", database => database.PingAsync());

    private Task AllAsync(Func<Task> call) => Callers == 1 ? call() : Task.WhenAll(Enumerable.Range(0, Callers).Select(_ => call()));
}
