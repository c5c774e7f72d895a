using System.Globalization;
using System.Text;

namespace ModelMesh.Registry.Admin;

/// <summary>What a name may be: any printable text of 1 to 200 characters that can stand in a path.</summary>
internal static class NameRules
{
    private const int MostCharacters = 200;
    private const int Joiner = 0x200D;

    /// <summary>What is wrong with a name, or null.</summary>
    public static string? Fault(string name) => name switch
    {
        "" => "must not be empty",
        _ when name.EnumerateRunes().Count() > MostCharacters => $"must have at most {MostCharacters} characters",
        _ when string.IsNullOrWhiteSpace(name) => "must not be blank",
        _ when !name.EnumerateRunes().All(IsPrintable) => "must hold printable characters only",
        _ when name.EnumerateRunes().All(rune => rune.Value == Joiner) => "must not be blank",

        // Clients and proxies take these two out of a path, however they are encoded.
        "." or ".." => "must not be '.' or '..', which no path can carry",
        _ => null,
    };

    // What formats and does not print (a zero-width space, a change of direction) would make two names look alike. The joiner makes one emoji of several.
    private static bool IsPrintable(Rune rune) => rune.Value == Joiner || Rune.GetUnicodeCategory(rune) is not
        (UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.Surrogate or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator);
}
