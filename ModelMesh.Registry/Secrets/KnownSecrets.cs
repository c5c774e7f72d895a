using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using ModelMesh.Contracts.Errors;

namespace ModelMesh.Registry.Secrets;

/// <summary>
/// The secrets that one backend was given, for as long as it lives, so that what it says of itself can be told and logged without them: an upstream may
/// repeat a key in its errors, and a plugin may pass that on. Thread-safe.
/// </summary>
internal sealed class KnownSecrets
{
    private const string Mark = "***";

    // What is shorter is in every second word: taking it out would say more of it than leaving it in.
    private const int Shortest = 4;

    // Upstreams and plugins cut long messages, also within a secret: its beginning is as good as the whole.
    private const int Telling = 12;

    private readonly Lock _lock = new();
    private volatile string[] _forms = [];

    /// <summary>Reads what a reference leads to, as it is now, and remembers it.</summary>
    /// <exception cref="FormatException">It leads nowhere; the message holds no secret.</exception>
    public string Resolve(string reference)
    {
        var secret = SecretReference.Resolve(reference);
        Remember(secret);
        return secret;
    }

    public void Remember(string secret)
    {
        // As it may be written in a URL, in JSON, and by a plugin that trims.
        string[] forms =
        [
            secret, secret.Trim(), Uri.EscapeDataString(secret),
            JsonEncodedText.Encode(secret).Value, JsonEncodedText.Encode(secret, JavaScriptEncoder.UnsafeRelaxedJsonEscaping).Value,
        ];
        lock (_lock)
        {
            _forms = [.. _forms.Union(forms.Where(form => form.Length >= Shortest), StringComparer.Ordinal)];
        }
    }

    /// <summary>A text without the secrets; the same one when it holds none.</summary>
    public string Redact(string text) => Without(text, _forms);

    /// <summary>An error without the secrets; the same one when it holds none.</summary>
    public MeshException Redact(MeshException error)
    {
        var details = error.Details.Select(detail => new ErrorDetail(Redact(detail.Field), Redact(detail.Message))).ToList();
        return Redact(error.Message) == error.Message && details.SequenceEqual(error.Details)
            ? error
            : new MeshException(error.Code, Redact(error.Message)) { Details = details, RetryAfter = error.RetryAfter, RetryElsewhere = error.RetryElsewhere };
    }

    /// <summary>An exception for the log without the secrets, wherever in it they are; the same one when it holds none.</summary>
    public Exception Redact(Exception exception)
    {
        var text = exception.ToString();
        var redacted = Redact(text);
        return redacted == text ? exception : new RedactedException(redacted);
    }

    // The forms may begin alike, so of those that match at a place it is the longest that goes.
    private static string Without(string text, string[] forms)
    {
        var kept = new StringBuilder();
        var done = 0;
        while (Next(text, done, forms) is var (at, length) && length > 0)
        {
            kept.Append(text, done, at - done).Append(Mark);
            done = at + length;
        }

        return done == 0 ? text : kept.Append(text, done, text.Length - done).ToString();
    }

    private static (int At, int Length) Next(string text, int from, string[] forms)
    {
        var (at, length) = (text.Length, 0);
        foreach (var form in forms)
        {
            var found = text.AsSpan(from).IndexOf(form.AsSpan(0, Math.Min(form.Length, Telling)));
            if (found >= 0 && from + found <= at)
            {
                var matching = text.AsSpan(from + found).CommonPrefixLength(form);
                (at, length) = from + found < at ? (from + found, matching) : (at, Math.Max(length, matching));
            }
        }

        return (at, length);
    }
}
