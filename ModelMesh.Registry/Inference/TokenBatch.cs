namespace ModelMesh.Registry.Inference;

/// <summary>
/// Gathers tokens while the backend has more of them ready, so that a burst is sent in one message. The first token never waits for a second.
/// </summary>
internal sealed class TokenBatch
{
    private const int MaxTokens = 64;
    private const int MaxCharacters = 16 * 1024;

    private readonly List<AnswerPiece> _pieces = [];
    private int _characters;

    /// <summary>How many pieces were ever added; as good as one a token.</summary>
    public long Total { get; private set; }

    public bool IsEmpty => _pieces.Count == 0;

    /// <summary>Whether it has to go out now, whatever else is ready.</summary>
    public bool IsDue => Total == 1 || IsFull;

    public bool IsFull => _pieces.Count >= MaxTokens || _characters >= MaxCharacters;

    public IReadOnlyList<AnswerPiece> Pieces => _pieces;

    public void Add(AnswerPiece piece)
    {
        _pieces.Add(piece);
        _characters += piece.Length;
        Total++;
    }

    public void Clear()
    {
        _pieces.Clear();
        _characters = 0;
    }
}
