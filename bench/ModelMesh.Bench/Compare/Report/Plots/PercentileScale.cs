namespace ModelMesh.Bench.Compare.Report.Plots;

/// <summary>The axis of HDR histograms: each further nine of a percentile takes as much room as the one before.</summary>
internal sealed class PercentileScale(double from, double to)
{
    private const double Last = 99.99;
    private const double Nines = 4;

    public static IReadOnlyList<double> Ticks { get; } = [0, 90, 99, 99.9, Last];

    public double At(double percentile)
    {
        var nines = percentile >= 100 ? Nines : -Math.Log10(1 - (percentile / 100));
        return from + ((to - from) * Math.Clamp(nines / Nines, 0, 1));
    }

    /// <summary>The points that the axis has room for and that <paramref name="count"/> values can tell: of 500, none says what the 99.99th percentile is.</summary>
    public static IReadOnlyList<double[]> Told(IReadOnlyList<double[]> curve, long count)
    {
        var last = Math.Min(Last, 100 * (1 - (1.0 / Math.Max(1, count)))) + 1e-9;
        return [.. curve.Where(point => point[0] <= last)];
    }
}
