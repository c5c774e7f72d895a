using System.Text.RegularExpressions;
using Microsoft.AspNetCore.WebUtilities;

namespace ModelMesh.Registry.Secrets;

/// <summary>Finds secrets in a text by their shape: a URL that carries one, an Authorization header's value, the keys of providers that mark theirs.</summary>
internal static partial class SecretText
{
    private const string ByReference = "secrets are given by reference, as api_key";

    /// <summary>What is wrong with a text, or null. It never repeats the text.</summary>
    public static string? FaultOf(string text) =>
        UrlFault(text) ?? (Credentials().IsMatch(text) || MarkedKey().IsMatch(text) ? $"holds what looks like a secret; {ByReference}" : null);

    private static string? UrlFault(string text)
    {
        if (!text.Contains("://", StringComparison.Ordinal) || !Uri.TryCreate(text, UriKind.Absolute, out var uri))
        {
            return null;
        }

        if (uri.UserInfo.Length > 0 && (uri.Scheme is "http" or "https" || uri.UserInfo.Contains(':')))
        {
            return $"must not carry a user name or a password; {ByReference}";
        }

        return QueryHelpers.ParseQuery(uri.Query).FirstOrDefault(parameter => SecretNames.IsParameter(parameter.Key) && parameter.Value.Any(value => !string.IsNullOrEmpty(value))) is { Key: { } name }
            ? $"must not carry a secret in its query ({name}); {ByReference}"
            : null;
    }

    // Within a header's line, or alone. A sentence about bearers goes on after one word, or has no long one without a space.
    [GeneratedRegex(@"(^|:\s*)(bearer|basic|token)\s+[A-Za-z0-9._~+/=-]{16,}\s*$", RegexOptions.ExplicitCapture | RegexOptions.IgnoreCase, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Credentials();

    // OpenAI and those like it, Hugging Face, Groq, GitHub, AWS, Google, Slack, and signed tokens. The lengths are below what they issue, and above any word.
    // Only where a word begins, so that no text takes long.
    [GeneratedRegex(
        @"(?<![\w.-])(sk-(?=[\w-]{0,60}\d)[\w-]{0,60}[A-Za-z0-9]{20}|hf_[A-Za-z0-9]{30}|gsk_[A-Za-z0-9]{30}|gh[pousr]_[A-Za-z0-9]{30}|AKIA[A-Z0-9]{16}|AIza[\w-]{33}|xox[abprs]-[\w-]{20}|eyJ[\w-]{10,120}\.eyJ[\w-]{10})",
        RegexOptions.ExplicitCapture,
        matchTimeoutMilliseconds: 1000)]
    private static partial Regex MarkedKey();
}
