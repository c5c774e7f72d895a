using System.Globalization;

namespace ModelMesh.Cli.Values;

/// <summary>Numbers as tables show them; a dash where there is none.</summary>
internal static class Figures
{
    public static string Milliseconds(double? value) => value switch
    {
        null => "-",
        < 1 => string.Create(CultureInfo.InvariantCulture, $"{value:0.00} ms"),
        < 10 => string.Create(CultureInfo.InvariantCulture, $"{value:0.0} ms"),
        < 10_000 => string.Create(CultureInfo.InvariantCulture, $"{value:0} ms"),
        _ => string.Create(CultureInfo.InvariantCulture, $"{value / 1_000:0.0} s"),
    };

    public static string Rate(double? value) => value switch
    {
        null => "-",
        < 10 => string.Create(CultureInfo.InvariantCulture, $"{value:0.0}"),
        _ => string.Create(CultureInfo.InvariantCulture, $"{value:#,0}"),
    };

    public static string Percent(double? share) => share is { } value ? string.Create(CultureInfo.InvariantCulture, $"{value * 100:0.##} %") : "-";
}
