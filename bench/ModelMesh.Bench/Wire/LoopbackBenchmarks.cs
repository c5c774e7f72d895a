using BenchmarkDotNet.Attributes;
using BenchmarkDotNet.Columns;
using Microsoft.Extensions.AI;
using ModelMesh.Backends.Wire.Http;
using OpenAI.Chat;

namespace ModelMesh.Bench.Wire;

/// <summary>The same over HTTP on loopback. The server is in this process, so there are no figures of memory, and its work is part of the time.</summary>
[HideColumns(Column.AllocRatio)]
public class LoopbackBenchmarks
{
    private readonly UpstreamConnections _connections = new();
    private ConnectionLease _lease = null!;
    private LoopbackServer _server = null!;
    private ChatClient _sdk = null!;
    private IChatClient _lean = null!;
    private IChatClient _plugin = null!;

    [Params(Delivery.Blocks, Delivery.Chunks)]
    public Delivery Delivery { get; set; }

    [GlobalSetup]
    public async Task SetupAsync()
    {
        _server = await LoopbackServer.StartAsync(CannedAnswer.OpenAI, Delivery);
        _lease = _connections.Rent();
        _sdk = Clients.OpenAISdk(_lease.Handler, _server.Endpoint).GetChatClient("m");
        _lean = Clients.Lean(_lease.Handler, _server.Endpoint);
        _plugin = Clients.OpenAIPlugin(_lease.Handler, _server.Endpoint);
    }

    [GlobalCleanup]
    public async Task CleanupAsync()
    {
        _lease.Dispose();
        await _server.DisposeAsync();
    }

    [Benchmark(Baseline = true, OperationsPerInvoke = CannedAnswer.Chunks)]
    public Task<int> OpenAISdk() => Drain.TextAsync(_sdk);

    [Benchmark(OperationsPerInvoke = CannedAnswer.Chunks)]
    public Task<int> Lean() => Drain.TextAsync(_lean);

    [Benchmark(OperationsPerInvoke = CannedAnswer.Chunks)]
    public Task<int> OpenAIPlugin() => Drain.TextAsync(_plugin);
}
