using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;
using BenchmarkDotNet.Attributes;
using ModelMesh.Contracts.V1;
using ModelMesh.Gateway.Answers;
using ModelMesh.Gateway.OpenAI;
using ModelMesh.Gateway.OpenAI.Chat;

namespace ModelMesh.Bench.Micro;

/// <summary>A token as a chunk of an OpenAI chat completion. Beside it, the same chunk by a JSON writer that is used again and again.</summary>
[MemoryDiagnoser]
public class ChatSseBenchmarks
{
    private const string Model = "Qwen/Qwen2.5-7B-Instruct";
    private static readonly DiscardingWriter Pipe = new();
    private static readonly Utf8JsonWriter Json = new(Pipe, new JsonWriterOptions { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping });
    private readonly AnswerOutput _output = new(new DiscardingWriter());
    private ChatCompletionFormat _format = null!;
    private Delta _delta = null!;

    [ParamsAllValues]
    public TokenText Text { get; set; }

    [GlobalSetup]
    public void Setup()
    {
        _delta = TokenTexts.ToDelta(Text);
        var context = new AnswerContext(new Accepted { Model = Model }, "5f2f8a0b3c0e4d1e9d4e3b0c7a6f5e41", DateTimeOffset.UnixEpoch);
        _format = new ChatCompletionFormat(_output, new ChunkFrame("chatcmpl", "chat.completion.chunk", context, Model, includeUsage: false), context.RequestId);

        // The first one names the role.
        _format.Delta(_delta);
    }

    [Benchmark(Baseline = true)]
    public void JsonWriter()
    {
        Pipe.Write("data: "u8);
        Json.Reset();
        Json.WriteStartObject();
        Json.WriteString("id"u8, "chatcmpl-5f2f8a0b3c0e4d1e9d4e3b0c7a6f5e41");
        Json.WriteString("object"u8, "chat.completion.chunk"u8);
        Json.WriteNumber("created"u8, 0);
        Json.WriteString("model"u8, Model);
        Json.WriteStartArray("choices"u8);
        Json.WriteStartObject();
        Json.WriteNumber("index"u8, 0);
        Json.WriteStartObject("delta"u8);
        Json.WriteString("content"u8, _delta.Text);
        Json.WriteEndObject();
        Json.WriteNull("finish_reason"u8);
        Json.WriteEndObject();
        Json.WriteEndArray();
        Json.WriteEndObject();
        Json.Flush();
        Pipe.Write("\n\n"u8);
    }

    [Benchmark]
    public void Format() => _format.Delta(_delta);
}
