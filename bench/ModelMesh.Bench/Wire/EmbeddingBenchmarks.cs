using System.Buffers.Binary;
using System.Text;
using System.Text.Json;
using BenchmarkDotNet.Attributes;
using Microsoft.Extensions.AI;
using OpenAI.Embeddings;

namespace ModelMesh.Bench.Wire;

/// <summary>One embedding of 1,536 numbers, from the bytes of a body in memory. The server answers with base64, or with numbers though base64 was asked for.</summary>
[MemoryDiagnoser]
public class EmbeddingBenchmarks
{
    private const int Dimensions = 1536;

    private EmbeddingClient _sdk = null!;
    private IEmbeddingGenerator<string, Embedding<float>> _lean = null!;

    [Params("base64", "numbers")]
    public string Format { get; set; } = "";

    [GlobalSetup]
    public void Setup()
    {
        var upstream = new CannedUpstream("application/json", Answer(), 16 * 1024);
        _sdk = Clients.OpenAISdk(upstream).GetEmbeddingClient("m");
        _lean = Clients.LeanEmbeddings(upstream);
    }

    [Benchmark(Baseline = true)]
    public async Task<int> OpenAISdk() => Whole((await _sdk.GenerateEmbeddingAsync("hello")).Value.ToFloats().Length);

    [Benchmark]
    public async Task<int> Lean() => Whole((await _lean.GenerateAsync(["hello"]))[0].Vector.Length);

    private byte[] Answer()
    {
        var random = new Random(1);
        var vector = new float[Dimensions];
        var bytes = new byte[Dimensions * sizeof(float)];
        for (var index = 0; index < Dimensions; index++)
        {
            vector[index] = (random.NextSingle() - 0.5f) / 10;
            BinaryPrimitives.WriteSingleLittleEndian(bytes.AsSpan(index * sizeof(float)), vector[index]);
        }

        var embedding = Format == "base64" ? JsonSerializer.Serialize(bytes) : JsonSerializer.Serialize(vector);
        return Encoding.UTF8.GetBytes(
            $$$"""{"object":"list","data":[{"object":"embedding","index":0,"embedding":{{{embedding}}}}],"model":"m","usage":{"prompt_tokens":1,"total_tokens":1}}""");
    }

    private static int Whole(int dimensions) => dimensions == Dimensions ? dimensions : throw new InvalidOperationException($"There were {dimensions} dimensions.");
}
