using ModelMesh.Registry.Secrets;

namespace ModelMesh.Registry.ModelHealth;

/// <summary>Makes the texts of upstreams and plugins fit to be stored and shown.</summary>
internal static class HealthText
{
    private const int MostCharacters = 500;

    /// <summary>The text without the secrets, and cut where it is long.</summary>
    public static string Shown(string text, KnownSecrets secrets)
    {
        var redacted = secrets.Redact(text);
        return redacted.Length <= MostCharacters ? redacted : $"{redacted.AsSpan(0, char.IsHighSurrogate(redacted[MostCharacters - 1]) ? MostCharacters - 1 : MostCharacters)}…";
    }
}
