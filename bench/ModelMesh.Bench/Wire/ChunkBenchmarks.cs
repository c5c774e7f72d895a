using BenchmarkDotNet.Attributes;
using Microsoft.Extensions.AI;
using OpenAI.Chat;

namespace ModelMesh.Bench.Wire;

/// <summary>From the bytes of a body in memory to updates: what a client itself costs for a chunk.</summary>
[MemoryDiagnoser]
public class ChunkBenchmarks
{
    private ChatClient _sdk = null!;
    private IChatClient _lean = null!;
    private IChatClient _plugin = null!;
    private IChatClient _llamaCpp = null!;
    private IChatClient _ollama = null!;
    private IChatClient _tgi = null!;

    [ParamsAllValues]
    public Delivery Delivery { get; set; }

    [GlobalSetup]
    public void Setup()
    {
        var openAI = new CannedUpstream(CannedAnswer.OpenAI, Delivery);
        _sdk = Clients.OpenAISdk(openAI).GetChatClient("m");
        _lean = Clients.Lean(openAI);
        _plugin = Clients.OpenAIPlugin(openAI);
        _llamaCpp = Clients.LlamaCpp(openAI);
        _ollama = Clients.Ollama(new CannedUpstream(CannedAnswer.Ollama, Delivery));
        _tgi = Clients.Tgi(new CannedUpstream(CannedAnswer.Tgi, Delivery));
    }

    [Benchmark(Baseline = true, OperationsPerInvoke = CannedAnswer.Chunks)]
    public Task<int> OpenAISdk() => Drain.TextAsync(_sdk);

    [Benchmark(OperationsPerInvoke = CannedAnswer.Chunks)]
    public Task<int> Lean() => Drain.TextAsync(_lean);

    [Benchmark(OperationsPerInvoke = CannedAnswer.Chunks)]
    public Task<int> OpenAIPlugin() => Drain.TextAsync(_plugin);

    [Benchmark(OperationsPerInvoke = CannedAnswer.Chunks)]
    public Task<int> LlamaCpp() => Drain.TextAsync(_llamaCpp);

    [Benchmark(OperationsPerInvoke = CannedAnswer.Chunks)]
    public Task<int> Ollama() => Drain.TextAsync(_ollama);

    [Benchmark(OperationsPerInvoke = CannedAnswer.Chunks)]
    public Task<int> Tgi() => Drain.TextAsync(_tgi);
}
