using System.Text;
using ModelMesh.Bench.Compare.Load;

namespace ModelMesh.Bench.Compare.Upstream;

/// <summary>The bytes of a plan's answers, as vLLM writes them. Made once for each plan.</summary>
internal sealed class AnswerBytes
{
    private const string Id = "chatcmpl-5f2f8a0b3c0e4d1e9d4e3b0c7a6f5e41";

    private readonly TokenPlan _plan;
    private readonly byte[] _chunk;
    private readonly int _textAt;

    public AnswerBytes(TokenPlan plan)
    {
        _plan = plan;
        var head = Chunk("""{"content":" """.TrimEnd(), out var tail);
        _textAt = Encoding.UTF8.GetByteCount(head);
        _chunk = Encoding.UTF8.GetBytes($"{head}{new string('x', plan.Size)}\"}}{tail}null}}]}}\n\n");
        Role = Encoding.UTF8.GetBytes($"{Chunk("""{"role":"assistant","content":""}""", out tail)}{tail}null}}]}}\n\n");
        End = Encoding.UTF8.GetBytes($"{Chunk("{}", out tail)}{tail}\"stop\"}}]}}\n\ndata: [DONE]\n\n");
        Whole = Encoding.UTF8.GetBytes(
            $$$"""{"id":"{{{Id}}}","object":"chat.completion","created":1767225600,"model":"{{{plan.ModelName}}}","choices":[{"index":0,"message":{"role":"assistant","content":"{{{Text()}}}"},"logprobs":null,"finish_reason":"stop"}],"usage":{"prompt_tokens":8,"completion_tokens":{{{plan.Tokens}}},"total_tokens":{{{plan.Tokens + 8}}}}}""");
    }

    /// <summary>The event before the first token.</summary>
    public byte[] Role { get; }

    /// <summary>The events after the last token.</summary>
    public byte[] End { get; }

    /// <summary>The answer that is not streamed.</summary>
    public byte[] Whole { get; }

    /// <summary>How long a token's event is.</summary>
    public int ChunkLength => _chunk.Length;

    /// <summary>Writes a token's event.</summary>
    public void WriteChunk(Span<byte> to, int token)
    {
        _chunk.CopyTo(to);
        TokenPlan.Write(to.Slice(_textAt, _plan.Size), token);
    }

    private string Chunk(string delta, out string tail)
    {
        tail = ""","logprobs":null,"finish_reason":""";
        return $$"""data: {"id":"{{Id}}","object":"chat.completion.chunk","created":1767225600,"model":"{{_plan.ModelName}}","choices":[{"index":0,"delta":{{delta}}""";
    }

    // A long answer is for streams only; as a whole it would weigh more than it shows.
    private string Text()
    {
        var text = new byte[Math.Min(_plan.Tokens, 100_000) * _plan.Size];
        for (var token = 0; token < text.Length / _plan.Size; token++)
        {
            TokenPlan.Write(text.AsSpan(token * _plan.Size, _plan.Size), token);
        }

        return Encoding.ASCII.GetString(text);
    }
}
