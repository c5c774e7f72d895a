namespace ModelMesh.Bench.Compare.Report.Plots;

/// <summary>Which line is whose.</summary>
internal static class Legend
{
    private const double LineHeight = 22;

    /// <param name="across">How far apart, side by side; 0 puts them below each other.</param>
    public static void Draw(Svg svg, IReadOnlyList<Series> series, double left, double top, double across = 0)
    {
        for (var index = 0; index < series.Count; index++)
        {
            var (x, y) = across > 0 ? (left + (index * across), top) : (left, top + (index * LineHeight));
            svg.Curve([(x, y), (x + 28, y)], series[index].Styles, series[index].Dashes);
            svg.Text(x + 36, y + 4, series[index].Label, "start");
        }
    }
}
