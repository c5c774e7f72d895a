namespace ModelMesh.Bench.Compare.Load;

/// <summary>
/// Reads the events of one streamed chat completion and holds them to their plan: each token once, in order, and an end that says so. It looks for the text of each event and
/// parses no JSON, since what the generator costs is taken from the contenders.
/// </summary>
internal struct TokenReader(TokenPlan plan)
{
    private const string AfterTheEnd = "more after the end";

    private bool _isFinished;
    private bool _isDone;

    private static ReadOnlySpan<byte> Content => "\"content\":\""u8;

    /// <summary>How many tokens have come.</summary>
    public int Tokens { get; private set; }

    /// <summary>Reads whole events and returns how many bytes they were.</summary>
    /// <exception cref="AnswerFault">A token is not the one that comes next, an event is an error, or something comes after the end.</exception>
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

    /// <param name="left">What came after the last whole event.</param>
    /// <exception cref="AnswerFault">The answer is not complete, or there is more of it.</exception>
    public readonly void End(ReadOnlySpan<byte> left = default)
    {
        if (Tokens != plan.Tokens || !_isFinished || !_isDone)
        {
            throw new AnswerFault(Tokens == plan.Tokens ? "no end" : "cut");
        }

        if (left.ContainsAnyExcept((byte)'\n'))
        {
            throw new AnswerFault(AfterTheEnd);
        }
    }

    private void Event(ReadOnlySpan<byte> line)
    {
        if (_isDone && line.ContainsAnyExcept((byte)'\n'))
        {
            throw new AnswerFault(AfterTheEnd);
        }

        var rest = line;
        var hasText = false;
        while (rest.IndexOf(Content) is >= 0 and var at)
        {
            rest = rest[(at + Content.Length)..];
            if (rest.StartsWith("\""u8))
            {
                continue;
            }

            Text(rest, hasText);
            rest = rest[plan.Size..];
            hasText = true;
        }

        if (!hasText && line.IndexOf("\"error\""u8) >= 0)
        {
            throw new AnswerFault("error event");
        }

        _isFinished |= line.IndexOf("\"finish_reason\":\"stop\""u8) >= 0;
        _isDone |= line.SequenceEqual("data: [DONE]"u8);
    }

    private void Text(ReadOnlySpan<byte> text, bool isSecond)
    {
        if (_isFinished)
        {
            throw new AnswerFault(AfterTheEnd);
        }

        if (isSecond || !plan.IsToken(text, Tokens) || !text[plan.Size..].StartsWith("\""u8))
        {
            throw new AnswerFault("out of order");
        }

        Tokens++;
    }
}
