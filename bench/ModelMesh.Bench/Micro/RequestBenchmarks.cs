using System.Text;
using System.Text.Json;
using BenchmarkDotNet.Attributes;
using ModelMesh.Contracts.Catalog;
using ModelMesh.Contracts.V1;
using ModelMesh.Gateway.Chat;
using ModelMesh.Gateway.Infer.Body;
using ModelMesh.Gateway.OpenAI.Chat;
using ModelMesh.Gateway.Routing;
using ModelMesh.Gateway.Traffic;
using ModelMesh.Registry.Grpc;

namespace ModelMesh.Bench.Micro;

/// <summary>A request's way through both services, step by step. Beside it, the body read as JSON and nothing more.</summary>
[MemoryDiagnoser]
public class RequestBenchmarks
{
    private static readonly ModelRoute Route = new(new ModelVersion { Name = "chat", Version = "v1", BackendType = "mock" }, "", IsNamed: false);
    private byte[] _infer = null!;
    private byte[] _chat = null!;
    private ChatRequest _request = null!;
    private InferRequest _message = null!;

    [Params(100, 32 * 1024)]
    public int PromptLength { get; set; }

    [GlobalSetup]
    public void Setup()
    {
        var prompt = string.Concat(Enumerable.Repeat("a word ", (PromptLength / 7) + 1))[..PromptLength];
        var messages = $$"""[{"role":"system","content":"You answer in one word."},{"role":"user","content":"{{prompt}}"}]""";
        _infer = Encoding.UTF8.GetBytes($$"""{"model":"chat","messages":{{messages}},"temperature":0.7,"max_tokens":256}""");
        _chat = Encoding.UTF8.GetBytes($$"""{"model":"chat","messages":{{messages}},"temperature":0.7,"max_tokens":256,"stream":true,"stream_options":{"include_usage":true} }""");
        _request = InferBody.Parse(_infer);
        _message = GatewayToMessage();
    }

    [Benchmark(Baseline = true)]
    public int Json()
    {
        using var document = JsonDocument.Parse(_infer);
        return document.RootElement.GetPropertyCount();
    }

    [Benchmark]
    public object InferBodyToRequest() => InferBody.Parse(_infer);

    [Benchmark]
    public object ChatBodyToRequest() => ChatCompletionBody.Parse(_chat);

    [Benchmark]
    public InferRequest GatewayToMessage() => _request.ToInferRequest(Route, "5f2f8a0b3c0e4d1e9d4e3b0c7a6f5e41", CallTraits.None);

    [Benchmark]
    public object RegistryToRequest() => RequestMapping.ToRequest(_message);
}
