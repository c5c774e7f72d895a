using System.Text.RegularExpressions;

namespace ModelMesh.Backends.Wire.Http;

/// <summary>Makes an upstream's own words fit to pass on: no secret, bounded, one line.</summary>
public static partial class Redaction
{
    private const int MaxLength = 1_000;
    private const string Hidden = "[redacted]";

    /// <summary>The text without the secret, and without whatever looks like a key; at most 1,000 characters.</summary>
    /// <param name="text">An upstream's own words.</param>
    /// <param name="secret">The key that was sent, if any.</param>
    public static string Clean(string text, string? secret)
    {
        var clean = string.IsNullOrEmpty(secret) ? text : text.Replace(secret, Hidden, StringComparison.Ordinal);
        clean = KeyLike().Replace(clean, Hidden);
        clean = string.Create(clean.Length, clean, static (span, source) =>
        {
            for (var index = 0; index < span.Length; index++)
            {
                span[index] = char.IsControl(source[index]) ? ' ' : source[index];
            }
        }).Trim();
        return clean.Length <= MaxLength ? clean : string.Concat(clean.AsSpan(0, char.IsHighSurrogate(clean[MaxLength - 1]) ? MaxLength - 1 : MaxLength), "…");
    }

    [GeneratedRegex(@"\b(?:sk|pk|rk|hf|gsk|xai|nvapi)[-_][A-Za-z0-9_\-*.]{6,}|(?<=\bBearer\s{1,8})[^\s""',]{4,}", RegexOptions.ExplicitCapture | RegexOptions.IgnoreCase, matchTimeoutMilliseconds: 1_000)]
    private static partial Regex KeyLike();
}
