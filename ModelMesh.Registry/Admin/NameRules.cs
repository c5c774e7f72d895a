using System.Globalization;
using System.Text;

namespace ModelMesh.Registry.Admin;

/// <summary>What a name may be: any printable text of 1 to 200 characters that can stand in a path.</summary>
internal static class NameRules
{
    private const int MostCharacters = 200;

    /// <summary>What is wrong with a name, or null.</summary>
    public static string? Fault(string name) => name switch
    {
        "" => "must not be empty",
        _ when name.EnumerateRunes().Count() > MostCharacters => $"must have at most {MostCharacters} characters",
        _ when string.IsNullOrWhiteSpace(name) => "must not be blank",
        _ when !name.EnumerateRunes().All(IsPrintable) => "must hold printable characters only",

        // Clients and proxies take these two out of a path, however they are encoded.
        "." or ".." => "must not be '.' or '..', which no path can carry",
        _ => null,
    };

    private static bool IsPrintable(Rune rune) => Rune.GetUnicodeCategory(rune) is not
        (UnicodeCategory.Control or UnicodeCategory.Surrogate or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator);
}
