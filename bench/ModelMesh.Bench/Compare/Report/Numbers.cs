namespace ModelMesh.Bench.Compare.Report;

/// <summary>Figures as text: three digits that count, thousands set apart, never an exponent.</summary>
internal static class Numbers
{
    private const int MostDecimals = 4;

    public static string Figure(double value) => Text(value, MostDecimals);

    /// <summary>Two decimals say enough of a ratio that is near 1.</summary>
    public static string Ratio(double value) => Text(value, Math.Abs(value) < 0.1 ? MostDecimals : 2);

    /// <summary>A round number on an axis, with the decimals that it has and no more.</summary>
    public static string Tick(double value) => value.ToString("#,0.######");

    private static int Decimals(double value, int most) => value == 0 ? 0 : Math.Clamp(2 - (int)Math.Floor(Math.Log10(Math.Abs(value))), 0, most);

    private static string Text(double value, int mostDecimals)
    {
        // Rounded first: 9.996 has the decimals of 10.
        var decimals = Decimals(Math.Round(value, Decimals(value, mostDecimals)), mostDecimals);
        var rounded = Math.Round(value, decimals);
        return rounded == 0 ? "0" : rounded.ToString($"N{decimals}").Replace('-', '−');
    }
}
