using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;
using BenchmarkDotNet.Attributes;
using ModelMesh.Contracts.V1;
using ModelMesh.Gateway.Answers;
using ModelMesh.Gateway.Infer.Sse;

namespace ModelMesh.Bench.Micro;

/// <summary>A token as an event of <c>POST /infer</c>. Beside it, the same bytes by a JSON writer that is used again and again.</summary>
[MemoryDiagnoser]
public class InferSseBenchmarks
{
    private static readonly DiscardingWriter Pipe = new();
    private static readonly Utf8JsonWriter Json = new(Pipe, new JsonWriterOptions { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping });
    private readonly AnswerOutput _output = new(new DiscardingWriter());
    private InferFormat _format = null!;
    private Delta _delta = null!;

    [ParamsAllValues]
    public TokenText Text { get; set; }

    [GlobalSetup]
    public void Setup()
    {
        _delta = TokenTexts.ToDelta(Text);
        _format = new InferFormat(_output, new Accepted());
    }

    [Benchmark(Baseline = true)]
    public void JsonWriter()
    {
        Pipe.Write("event: token\ndata: "u8);
        Json.Reset();
        Json.WriteStartObject();
        Json.WriteString("token"u8, _delta.Text);
        Json.WriteEndObject();
        Json.Flush();
        Pipe.Write("\n\n"u8);
    }

    [Benchmark]
    public void Format() => _format.Delta(_delta);
}
