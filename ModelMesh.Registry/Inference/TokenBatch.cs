namespace ModelMesh.Registry.Inference;

/// <summary>
/// Gathers tokens while the backend has more of them ready, so that a burst is sent in one message. The first token never waits for a second.
/// </summary>
internal sealed class TokenBatch
{
    private const int MaxTokens = 64;
    private const int MaxCharacters = 16 * 1024;

    private readonly List<string> _tokens = [];
    private int _characters;

    /// <summary>How many tokens were ever added.</summary>
    public long Total { get; private set; }

    public bool IsEmpty => _tokens.Count == 0;

    /// <summary>Whether it has to go out now, whatever else is ready.</summary>
    public bool IsDue => Total == 1 || _tokens.Count >= MaxTokens || _characters >= MaxCharacters;

    public IReadOnlyList<string> Tokens => _tokens;

    public void Add(string token)
    {
        _tokens.Add(token);
        _characters += token.Length;
        Total++;
    }

    public void Clear()
    {
        _tokens.Clear();
        _characters = 0;
    }
}
