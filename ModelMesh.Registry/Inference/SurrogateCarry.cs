namespace ModelMesh.Registry.Inference;

/// <summary>
/// Puts characters together that a backend cut in two. Half of a surrogate pair cannot be encoded, and each would reach the reader as U+FFFD, so
/// a text's trailing half waits for the text after it.
/// </summary>
internal sealed class SurrogateCarry
{
    private string _half = "";

    /// <summary>What can go out now; empty when that is nothing yet.</summary>
    public string Join(string text)
    {
        if (text.Length == 0 || (_half.Length == 0 && !char.IsHighSurrogate(text[^1])))
        {
            return text;
        }

        var joined = _half + text;
        var whole = char.IsHighSurrogate(joined[^1]) ? joined.Length - 1 : joined.Length;
        _half = joined[whole..];
        return joined[..whole];
    }

    /// <summary>The half whose other half never came; empty when there is none.</summary>
    public string Rest() => _half;
}
