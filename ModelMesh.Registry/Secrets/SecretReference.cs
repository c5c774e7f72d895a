using System.Diagnostics.CodeAnalysis;
using System.Text.RegularExpressions;

namespace ModelMesh.Registry.Secrets;

/// <summary>Where a secret is: <c>env:NAME</c>, <c>file:/path</c> or <c>file:///path</c>. What it leads to is read anew each time and never kept here.</summary>
internal sealed partial class SecretReference
{
    private const string Env = "env:";
    private const string File = "file:";
    private readonly string? _variable;
    private readonly string _path;

    private SecretReference(string? variable, string path) => (_variable, _path) = (variable, path);

    /// <summary>Whether a text begins as a reference does, right or wrong.</summary>
    public static bool IsMeantAsOne(string text) => text.StartsWith(Env, StringComparison.Ordinal) || text.StartsWith(File, StringComparison.Ordinal);

    /// <param name="text">What stands in the settings.</param>
    /// <param name="reference">The reference it is.</param>
    /// <param name="fault">Why it is none; never repeats the text, which may be the secret itself.</param>
    public static bool TryParse(string text, [NotNullWhen(true)] out SecretReference? reference, [NotNullWhen(false)] out string? fault)
    {
        (reference, fault) = text switch
        {
            _ when text.StartsWith(Env, StringComparison.Ordinal) => OfVariable(text[Env.Length..]),
            _ when text.StartsWith(File, StringComparison.Ordinal) => OfFile(text[File.Length..]),
            _ => (null, "must be a reference, env:NAME or file:/path, not the secret itself"),
        };
        return reference is not null;
    }

    /// <exception cref="FormatException">It leads nowhere; the message holds no secret.</exception>
    public static string Resolve(string text) =>
        TryParse(text, out var reference, out var fault) ? reference.Read() : throw new FormatException(fault);

    /// <summary>Reads the secret as it is now.</summary>
    /// <exception cref="FormatException">It leads nowhere; the message holds no secret.</exception>
    public string Read() => _variable is null ? SecretFile.Read(_path)
        : Environment.GetEnvironmentVariable(_variable) is { Length: > 0 } value ? value
        : throw new FormatException($"refers to the environment variable {_variable}, which the registry does not have");

    // A key that was put behind "env:" by mistake is no such name, for most have a dash; so it is neither stored nor shown.
    private static (SecretReference?, string?) OfVariable(string name) =>
        VariableName().IsMatch(name) ? (new SecretReference(name, ""), null) : (null, "must name a variable after env:, of letters, digits and _");

    private static (SecretReference?, string?) OfFile(string path)
    {
        if (path.StartsWith("//", StringComparison.Ordinal))
        {
            if (!Uri.TryCreate(File + path, UriKind.Absolute, out var uri) || uri.Host is not ("" or "localhost"))
            {
                return (null, "must name a file of the registry's own machine: file:/path or file:///path");
            }

            path = Uri.UnescapeDataString(uri.AbsolutePath);
        }

        return !Path.IsPathFullyQualified(path) ? (null, "must refer to a file by its full path")
            : path.Contains('\0') ? (null, "must not hold a null character")
            : (new SecretReference(null, path), null);
    }

    [GeneratedRegex("^[A-Za-z_][A-Za-z0-9_]{0,255}$", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 100)]
    private static partial Regex VariableName();
}
