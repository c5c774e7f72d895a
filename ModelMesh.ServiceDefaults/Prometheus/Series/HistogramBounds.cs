using System.Diagnostics.Metrics;

namespace ModelMesh.ServiceDefaults.Prometheus.Series;

/// <summary>A histogram's buckets: those that its instrument advises, else by its unit. Pure.</summary>
internal static class HistogramBounds
{
    private static readonly double[] Seconds = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 120];
    private static readonly double[] Bytes = [.. Enumerable.Range(3, 11).Select(power => Math.Pow(4, power))];
    private static readonly double[] Tokens = [.. Enumerable.Range(0, 11).Select(power => Math.Pow(4, power))];

    // OpenTelemetry's own.
    private static readonly double[] Any = [0, 5, 10, 25, 50, 75, 100, 250, 500, 750, 1000, 2500, 5000, 7500, 10000];

    public static double[] Of(Instrument instrument) => Advised(instrument) is { } advised ? [.. advised.Distinct().Order()] : instrument.Unit switch
    {
        "s" => Seconds,
        "ms" => [.. Seconds.Select(bound => bound * 1000)],
        "By" => Bytes,
        "{token}" => Tokens,
        _ => Any,
    };

    private static IEnumerable<double>? Advised(Instrument instrument) => instrument switch
    {
        Instrument<double> { Advice.HistogramBucketBoundaries: { } bounds } => bounds,
        Instrument<float> { Advice.HistogramBucketBoundaries: { } bounds } => bounds.Select(bound => (double)bound),
        Instrument<decimal> { Advice.HistogramBucketBoundaries: { } bounds } => bounds.Select(bound => (double)bound),
        Instrument<long> { Advice.HistogramBucketBoundaries: { } bounds } => bounds.Select(bound => (double)bound),
        Instrument<int> { Advice.HistogramBucketBoundaries: { } bounds } => bounds.Select(bound => (double)bound),
        Instrument<short> { Advice.HistogramBucketBoundaries: { } bounds } => bounds.Select(bound => (double)bound),
        Instrument<byte> { Advice.HistogramBucketBoundaries: { } bounds } => bounds.Select(bound => (double)bound),
        _ => null,
    };
}
