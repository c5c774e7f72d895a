using System.Text;

namespace ModelMesh.Bench.Wire;

/// <summary>A streamed answer as a server sends it: <see cref="Chunks"/> times 20 bytes of text, then its end.</summary>
/// <param name="MediaType">What the server says it is.</param>
/// <param name="Chunk">One chunk's bytes.</param>
/// <param name="End">What stands after the last chunk.</param>
internal sealed record CannedAnswer(string MediaType, byte[] Chunk, byte[] End)
{
    /// <summary>How many chunks of text there are, each of which is one operation.</summary>
    public const int Chunks = 4096;

    /// <summary>How long a chunk's text is.</summary>
    public const int TextLength = 20;

    private const string Text = "twenty bytes a chunk";

    /// <summary>As vLLM sends it.</summary>
    public static CannedAnswer OpenAI { get; } = Make(
        "text/event-stream",
        $$"""data: {"id":"chatcmpl-5f2f8a0b3c0e4d1e9d4e3b0c7a6f5e41","object":"chat.completion.chunk","created":1767225600,"model":"Qwen/Qwen2.5-7B-Instruct","choices":[{"index":0,"delta":{"content":"{{Text}}"},"logprobs":null,"finish_reason":null}]}{{"\n\n"}}""",
        """
        data: {"id":"chatcmpl-5f2f8a0b3c0e4d1e9d4e3b0c7a6f5e41","object":"chat.completion.chunk","created":1767225600,"model":"Qwen/Qwen2.5-7B-Instruct","choices":[{"index":0,"delta":{"content":""},"logprobs":null,"finish_reason":"stop","stop_reason":null}]}

        data: [DONE]


        """);

    public static CannedAnswer Ollama { get; } = Make(
        "application/x-ndjson",
        $$"""{"model":"qwen2.5:7b","created_at":"2026-01-01T00:00:00.123456789Z","message":{"role":"assistant","content":"{{Text}}"},"done":false}{{"\n"}}""",
        """
        {"model":"qwen2.5:7b","created_at":"2026-01-01T00:00:09.123456789Z","message":{"role":"assistant","content":""},"done":true,"done_reason":"stop","total_duration":9000000000,"prompt_eval_count":7,"eval_count":4096}

        """);

    public static CannedAnswer Tgi { get; } = Make(
        "text/event-stream",
        $$"""data:{"index":1,"token":{"id":29889,"text":"{{Text}}","logprob":-0.12345678,"special":false},"generated_text":null,"details":null}{{"\n\n"}}""",
        """
        data:{"index":4097,"token":{"id":2,"text":"</s>","logprob":-0.1,"special":true},"generated_text":"all of it","details":{"finish_reason":"eos_token","generated_tokens":4097,"input_length":7,"seed":null}}


        """);

    private static CannedAnswer Make(string mediaType, string chunk, string end) => new(mediaType, Encoding.UTF8.GetBytes(chunk), Encoding.UTF8.GetBytes(end));

    /// <summary>The whole body.</summary>
    public byte[] ToBody()
    {
        var body = new byte[(Chunks * Chunk.Length) + End.Length];
        for (var index = 0; index < Chunks; index++)
        {
            Chunk.CopyTo(body, index * Chunk.Length);
        }

        End.CopyTo(body, Chunks * Chunk.Length);
        return body;
    }
}
