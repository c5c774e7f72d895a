namespace ModelMesh.Registry.ModelHealth;

/// <summary>Bounds the texts of upstreams and plugins that are stored and shown.</summary>
internal static class HealthText
{
    private const int MostCharacters = 500;

    public static string Bounded(string text) =>
        text.Length <= MostCharacters ? text : $"{text.AsSpan(0, char.IsHighSurrogate(text[MostCharacters - 1]) ? MostCharacters - 1 : MostCharacters)}…";
}
