using ModelMesh.Registry.Secrets;

namespace ModelMesh.Registry.Content;

/// <summary>Takes texts until there are enough of them. Each loses its secrets before it is cut, so that no half of one is left. Not thread-safe.</summary>
internal sealed class TextBudget(KnownSecrets secrets, int characters)
{
    // Messages without a text are some, too.
    private const int Least = 16;
    private const string Cut = "…";

    private int _left = characters;

    /// <summary>Whether nothing more is taken.</summary>
    public bool IsUsedUp => _left <= 0;

    public string Take(string text)
    {
        var clean = secrets.Redact(text);
        var taken = clean.Length <= _left ? clean : string.Concat(clean.AsSpan(0, WholeCharacters(clean, Math.Max(0, _left))), Cut);
        _left -= Math.Max(Least, clean.Length);
        return taken;
    }

    private static int WholeCharacters(string text, int length) => length > 0 && char.IsHighSurrogate(text[length - 1]) ? length - 1 : length;
}
