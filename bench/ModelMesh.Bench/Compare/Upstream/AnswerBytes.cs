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
    private readonly Lazy<byte[]> _whole;

    public AnswerBytes(TokenPlan plan)
    {
        _plan = plan;
        var head = Chunk("""{"content":" """.TrimEnd(), out var tail);
        _textAt = Encoding.UTF8.GetByteCount(head);
        _chunk = Encoding.UTF8.GetBytes($"{head}{new string('x', plan.Size)}\"}}{tail}null}}]}}\n\n");
        Role = Encoding.UTF8.GetBytes($"{Chunk("""{"role":"assistant","content":""}""", out tail)}{tail}null}}]}}\n\n");
        End = Encoding.UTF8.GetBytes($"{Chunk("{}", out tail)}{tail}\"stop\"}}]}}\n\ndata: [DONE]\n\n");
        _whole = new Lazy<byte[]>(ToWhole);
    }

    /// <summary>The event before the first token.</summary>
    public byte[] Role { get; }

    /// <summary>The events after the last token.</summary>
    public byte[] End { get; }

    /// <summary>The answer that is not streamed, made when it is first asked for. Only for plans of at most <see cref="TokenPlan.MostInOnePiece"/> tokens.</summary>
    public byte[] Whole => _whole.Value;

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

    private byte[] ToWhole() => Encoding.UTF8.GetBytes(
        $$$"""{"id":"{{{Id}}}","object":"chat.completion","created":1767225600,"model":"{{{_plan.ModelName}}}","choices":[{"index":0,"message":{"role":"assistant","content":"{{{Text()}}}"},"logprobs":null,"finish_reason":"stop"}],"usage":{"prompt_tokens":8,"completion_tokens":{{{_plan.Tokens}}},"total_tokens":{{{_plan.Tokens + 8}}}}}""");

    private string Text()
    {
        var text = new byte[_plan.Tokens * _plan.Size];
        for (var token = 0; token < _plan.Tokens; token++)
        {
            TokenPlan.Write(text.AsSpan(token * _plan.Size, _plan.Size), token);
        }

        return Encoding.ASCII.GetString(text);
    }
}
