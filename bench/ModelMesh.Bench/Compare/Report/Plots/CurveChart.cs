namespace ModelMesh.Bench.Compare.Report.Plots;

/// <summary>Latencies by percentile, one line per contender.</summary>
internal static class CurveChart
{
    private const double Width = 900;
    private const double Height = 420;
    private const double Left = 92;
    private const double Top = 56;
    private const double Bottom = Height - 62;
    private const double Right = 670;

    /// <param name="series">Points are percentile and milliseconds.</param>
    public static string Draw(string title, string xTitle, IReadOnlyList<Series> series)
    {
        var svg = new Svg(Width, Height, title);
        var x = new PercentileScale(Left, Right);
        var y = new LogScale(series.SelectMany(line => line.Points).Select(point => point.Y), Bottom, Top);
        foreach (var tick in y.Ticks)
        {
            svg.Line(Left, y.At(tick), Right, y.At(tick), "grid");
            svg.Text(Left - 8, y.At(tick) + 4, $"{Numbers.Tick(tick)} ms", "soft end");
        }

        foreach (var tick in PercentileScale.Ticks)
        {
            svg.Line(x.At(tick), Top, x.At(tick), Bottom, "grid");
            svg.Text(x.At(tick), Bottom + 18, $"{tick:0.##} %", "soft middle");
        }

        svg.Line(Left, Bottom, Right, Bottom, "axis");
        svg.Line(Left, Top, Left, Bottom, "axis");
        svg.Text((Left + Right) / 2, Bottom + 42, xTitle, "soft middle");
        foreach (var line in series)
        {
            svg.Curve([.. line.Points.Select(point => (x.At(point.X), y.At(point.Y)))], line.Styles, line.Dashes);
        }

        Legend.Draw(svg, series, Right + 16, Top + 8);
        return svg.ToString();
    }
}
