using System.Buffers.Text;

namespace ModelMesh.Bench.Compare.Load;

/// <summary>
/// Reads the events of one streamed chat completion and holds them to their plan: each token once, in order, and an end that says so. It looks for the text of each event and
/// parses no JSON, since what the generator costs is taken from the contenders.
/// </summary>
internal struct TokenReader(TokenPlan plan)
{
    private bool _isFinished;
    private bool _isDone;

    /// <summary>How many tokens have come.</summary>
    public int Tokens { get; private set; }

    /// <summary>Reads whole events and returns how many bytes they were.</summary>
    /// <exception cref="AnswerFault">A token is not the one that comes next, or an event is an error.</exception>
    public int Read(ReadOnlySpan<byte> bytes)
    {
        var read = 0;
        int end;
        while ((end = bytes[read..].IndexOf("\n\n"u8)) >= 0)
        {
            Event(bytes.Slice(read, end));
            read += end + 2;
        }

        return read;
    }

    /// <exception cref="AnswerFault">The answer is not complete.</exception>
    public readonly void End()
    {
        if (Tokens != plan.Tokens || !_isFinished || !_isDone)
        {
            throw new AnswerFault(Tokens == plan.Tokens ? "no end" : "cut");
        }
    }

    private void Event(ReadOnlySpan<byte> line)
    {
        if (line.IndexOf("\"content\":\""u8) is >= 0 and var at && !line[(at + 11)..].StartsWith("\""u8))
        {
            var text = line[(at + 11)..];
            if (text.Length <= TokenPlan.Digits || !Utf8Parser.TryParse(text[..TokenPlan.Digits], out int number, out var length) || length != TokenPlan.Digits || number != Tokens || text.IndexOf((byte)'"') != plan.Size)
            {
                throw new AnswerFault("out of order");
            }

            Tokens++;
        }
        else if (line.IndexOf("\"error\""u8) >= 0)
        {
            throw new AnswerFault("error event");
        }

        _isFinished |= line.IndexOf("\"finish_reason\":\"stop\""u8) >= 0;
        _isDone |= line.SequenceEqual("data: [DONE]"u8);
    }
}
