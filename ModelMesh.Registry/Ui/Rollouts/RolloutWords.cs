using System.Globalization;
using ModelMesh.Contracts.Traffic;

namespace ModelMesh.Registry.Ui.Rollouts;

/// <summary>Numbers and names of rollouts as people read them.</summary>
internal static class RolloutWords
{
    /// <param name="rate">From 0 to 1.</param>
    public static string? Percent(double? rate) => rate is { } known ? string.Create(CultureInfo.InvariantCulture, $"{known * 100:0.##} %") : null;

    /// <summary>In the largest unit that says it with few digits.</summary>
    public static string Duration(long milliseconds) => milliseconds switch
    {
        0 => "0 s",
        < 1_000 => $"{FigureText.Number(milliseconds)} ms",
        < 120_000 => $"{FigureText.Number(milliseconds / 1_000.0)} s",
        < 7_200_000 => $"{FigureText.Number(milliseconds / 60_000.0)} min",
        < 172_800_000 => $"{FigureText.Number(milliseconds / 3_600_000.0)} h",
        _ => $"{FigureText.Number(milliseconds / 86_400_000.0)} days",
    };

    public static string Strategy(string strategy) => strategy switch
    {
        RolloutStrategies.BlueGreen => "blue-green",
        _ => strategy,
    };
}
