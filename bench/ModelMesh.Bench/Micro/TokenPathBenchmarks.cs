using System.Text;
using BenchmarkDotNet.Attributes;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.AI;
using ModelMesh.Backends.Sdk;
using ModelMesh.Bench.Wire;
using ModelMesh.Registry.Grpc;
using ModelMesh.Registry.Inference;

namespace ModelMesh.Bench.Micro;

/// <summary>A token in the registry, from the update of a plugin, or from the upstream's bytes, to the bytes of a message. Beside it, its text made UTF-8.</summary>
[MemoryDiagnoser]
public class TokenPathBenchmarks
{
    private const int Tokens = 64;
    private const string Text = "twenty bytes a chunk";
    private static readonly BackendCallOptions Options = new() { MayReuseUpdates = true };
    private static readonly ChatMessage[] Messages = [new(ChatRole.User, "hello")];
    private readonly BackendUpdate _update = new(ChatRole.Assistant, Text);
    private readonly byte[] _buffer = new byte[1024];
    private readonly Answer _answer = new(1);
    private readonly SerializingWriter _writer = new();
    private readonly IChatClient _lean = Clients.Lean(new CannedUpstream(CannedAnswer.OpenAI, Delivery.Blocks));
    private GrpcSink _sink = null!;

    [Params(1, Tokens)]
    public int TokensPerMessage { get; set; }

    [GlobalSetup]
    public void Setup() => _sink = new GrpcSink(_writer, "registry-1", new DefaultHttpContext(), takesTexts: true);

    [Benchmark(Baseline = true, OperationsPerInvoke = Tokens)]
    public int TextToUtf8()
    {
        var written = 0;
        for (var token = 0; token < Tokens; token++)
        {
            written += Encoding.UTF8.GetBytes(Text, _buffer);
        }

        return written;
    }

    [Benchmark(OperationsPerInvoke = Tokens)]
    public async Task<long> UpdateToMessage()
    {
        for (var token = 0; token < Tokens; token++)
        {
            await ReadAsync(_answer, _update);
        }

        return _writer.Bytes;
    }

    [Benchmark(OperationsPerInvoke = CannedAnswer.Chunks)]
    public async Task<long> UpstreamToMessage()
    {
        var answer = new Answer(1);
        await foreach (var update in _lean.GetStreamingResponseAsync(Messages, Options))
        {
            await ReadAsync(answer, update);
        }

        return _writer.Bytes;
    }

    private Task ReadAsync(Answer answer, ChatResponseUpdate update)
    {
        answer.Read(update);
        if (answer.Batch.Pieces.Count < TokensPerMessage)
        {
            return Task.CompletedTask;
        }

        var written = _sink.TokensAsync(answer.Batch.Pieces, default, mayWait: false);
        answer.Batch.Clear();
        return written;
    }
}
