namespace ModelMesh.Bench.Compare.Results;

/// <summary>What a histogram says, in milliseconds.</summary>
/// <param name="Count">How many values there were; with 0 of them every figure is 0.</param>
/// <param name="Curve">The whole distribution, for plots: percentile from 0 to 100, then its value; both only rise.</param>
internal sealed record Latency(long Count, double Mean, double P50, double P90, double P99, double P999, double Max, IReadOnlyList<double[]> Curve)
{
    public static Latency None { get; } = new(0, 0, 0, 0, 0, 0, 0, []);
}
