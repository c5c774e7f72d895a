using System.Globalization;

namespace ModelMesh.Registry.Ui;

/// <summary>Figures as pages write them, whatever the culture of the process.</summary>
internal static class FigureText
{
    private const string None = "–";

    public static string Number(double? value) => value?.ToString("0.#", CultureInfo.InvariantCulture) ?? None;

    public static string Whole(int value) => value.ToString(CultureInfo.InvariantCulture);

    public static string Percent(double value) => value.ToString("0.##", CultureInfo.InvariantCulture) + " %";

    /// <summary>A part of 1 in percent.</summary>
    public static string Rate(double? value) => value is { } rate ? Percent(100 * rate) : None;

    public static string Milliseconds(double value) => value switch
    {
        >= 60_000 when value % 60_000 == 0 => string.Create(CultureInfo.InvariantCulture, $"{value / 60_000:0} min"),
        >= 1_000 => string.Create(CultureInfo.InvariantCulture, $"{value / 1_000:0.###} s"),
        _ => string.Create(CultureInfo.InvariantCulture, $"{value:0.#} ms"),
    };

    public static string Count(int count, string one, string many) => count == 1 ? $"1 {one}" : string.Create(CultureInfo.InvariantCulture, $"{count} {many}");

    public static string Time(DateTimeOffset at) => at.ToUniversalTime().ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture) + " UTC";

    public static string Machine(DateTimeOffset at) => at.ToUniversalTime().ToString("o", CultureInfo.InvariantCulture);
}
