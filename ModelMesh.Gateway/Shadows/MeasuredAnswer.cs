namespace ModelMesh.Gateway.Shadows;

/// <summary>What is known of an answer once it has ended. None of its text.</summary>
/// <param name="Version">Which version gave it.</param>
/// <param name="Revision">At which revision.</param>
internal sealed record MeasuredAnswer(AnswerOutcome Outcome, string Version, long Revision)
{
    /// <summary>How long the backend took until its first token; null where there was none.</summary>
    public TimeSpan? FirstToken { get; init; }

    public long OutputTokens { get; init; }

    /// <summary>Of the text of all choices, as UTF-16 code units.</summary>
    public long Characters { get; init; }

    public string FinishReason { get; init; } = "";

    /// <summary>A hash of the first choice's text, refusal and tool calls; null where it may differ from one time to the next.</summary>
    public byte[]? Digest { get; init; }
}
