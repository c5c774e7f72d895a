namespace ModelMesh.Contracts.Traffic;

/// <summary>Names one entry. As text it is <c>kind/name</c> with the name percent-encoded; a model version's id never holds a slash.</summary>
public readonly record struct TrafficId(string Kind, string Name)
{
    public override string ToString() => $"{Kind}/{Uri.EscapeDataString(Name)}";

    public static bool TryParse(string text, out TrafficId id)
    {
        var slash = text.IndexOf('/', StringComparison.Ordinal);
        if (slash <= 0 || slash == text.Length - 1)
        {
            id = default;
            return false;
        }

        id = new TrafficId(text[..slash], Uri.UnescapeDataString(text[(slash + 1)..]));
        return true;
    }
}
