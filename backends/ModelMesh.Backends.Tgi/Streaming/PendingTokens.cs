using ModelMesh.Backends.Sdk;

namespace ModelMesh.Backends.Tgi.Streaming;

/// <summary>
/// The log probabilities of tokens whose text the stop filter holds back: each goes out with the update that carries its token's first character, and
/// not at all where that is cut off. One per answer.
/// </summary>
internal sealed class PendingTokens
{
    private readonly Queue<(long Start, TokenLogProbability Token)> _tokens = [];
    private long _received;
    private long _sent;

    public void Add(in GeneratedToken token, IReadOnlyList<TokenLogProbability>? top)
    {
        if (token.LogProbability is { } probability)
        {
            _tokens.Enqueue((_received, new(token.Text, probability) { Top = top ?? [] }));
        }

        _received += token.Text.Length;
    }

    /// <summary>The tokens of the text that goes out next; null for none.</summary>
    public List<TokenLogProbability>? Take(int textLength)
    {
        _sent += textLength;
        List<TokenLogProbability>? taken = null;
        while (_tokens.TryPeek(out var next) && next.Start < _sent)
        {
            (taken ??= []).Add(_tokens.Dequeue().Token);
        }

        return taken;
    }
}
