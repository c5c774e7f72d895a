using System.Globalization;
using ModelMesh.Contracts.Catalog;

namespace ModelMesh.Registry.Ui.Models.Form;

/// <summary>What a new version begins with that is made from another one. Pure.</summary>
internal static class CloneDraft
{
    private const int MostDigits = 9;

    /// <summary>The same under the next free version, and without traffic, so that it takes some only when somebody gives it.</summary>
    public static ModelVersion Of(ModelVersion source, IEnumerable<string> taken) =>
        source with { Version = Next(source.Version, taken.ToHashSet(StringComparer.Ordinal)), Weight = 0 };

    /// <summary>Counts on where a version ends in a number (<c>v1</c>, <c>1.0.9</c>, <c>rc07</c>), and begins to count where it does not.</summary>
    public static string Next(string version, IReadOnlySet<string> taken)
    {
        var digits = version.Reverse().TakeWhile(char.IsAsciiDigit).Take(MostDigits).Count();
        var (text, number) = digits > 0
            ? (version[..^digits], long.Parse(version[^digits..], NumberStyles.None, CultureInfo.InvariantCulture))
            : (version + "-", 1);
        while (true)
        {
            number++;
            var next = text + number.ToString(CultureInfo.InvariantCulture).PadLeft(digits, '0');
            if (!taken.Contains(next))
            {
                return next;
            }
        }
    }
}
