using ModelMesh.Cli.Http;
using ModelMesh.Cli.Values;

namespace ModelMesh.Cli.Answers;

/// <summary>What came of one streamed answer.</summary>
/// <param name="FirstToken">From the request to the first token; null where none came.</param>
/// <param name="Total">From the request to the end.</param>
/// <param name="Text">All of the answer.</param>
/// <param name="Pieces">How many token events there were.</param>
/// <param name="Server"><c>name@version</c> that answered; null where it is not known.</param>
/// <param name="Done">How it ended; null where it was stopped.</param>
internal sealed record AnswerSummary(TimeSpan? FirstToken, TimeSpan Total, string Text, int Pieces, string? Server, DoneEvent? Done)
{
    private static readonly TimeSpan Shortest = TimeSpan.FromMilliseconds(1);

    public long Tokens => Done?.Usage is { Estimated: not true } usage ? usage.OutputTokens : Pieces;

    /// <summary>Tokens after the first, by the time since it; null where that says nothing.</summary>
    public double? TokensPerSecond => FirstToken is { } first && Tokens > 1 && Total - first > Shortest ? (Tokens - 1) / (Total - first).TotalSeconds : null;

    public override string ToString()
    {
        string?[] parts =
        [
            Server, FirstToken is { } first ? $"first token {Figures.Milliseconds(first.TotalMilliseconds)}" : null, Tokens == 1 ? "1 token" : $"{Tokens} tokens", TokensPerSecond is { } rate ? $"{Figures.Rate(rate)} tokens/s" : null,
            Done is null ? "stopped" : Done.FinishReason is null or "stop" ? null : Done.FinishReason,
        ];
        return string.Join(" · ", parts.Where(part => part is not null));
    }
}
