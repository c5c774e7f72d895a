namespace ModelMesh.Contracts.Catalog;

/// <summary>
/// Names one model version. As text it is <c>name@version</c> with each part percent-encoded, so that any printable name
/// (<c>/</c>, <c>:</c> and <c>@</c> occur in real ones) is unambiguous in store keys and events.
/// </summary>
public readonly record struct ModelId(string Name, string Version)
{
    public override string ToString() => $"{Uri.EscapeDataString(Name)}@{Uri.EscapeDataString(Version)}";

    public static bool TryParse(string text, out ModelId id)
    {
        var at = text.IndexOf('@', StringComparison.Ordinal);
        if (at <= 0 || at == text.Length - 1)
        {
            id = default;
            return false;
        }

        id = new ModelId(Uri.UnescapeDataString(text[..at]), Uri.UnescapeDataString(text[(at + 1)..]));
        return true;
    }
}
