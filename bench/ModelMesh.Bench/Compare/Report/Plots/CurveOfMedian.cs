using ModelMesh.Bench.Compare.Results;

namespace ModelMesh.Bench.Compare.Report.Plots;

/// <summary>A curve cannot be averaged over rounds, so one round stands for all.</summary>
internal static class CurveOfMedian
{
    /// <returns>The round with the median p99, of two in the middle the slower; <see cref="Latency.None"/> when no round has values.</returns>
    public static Latency Of(IEnumerable<Latency> rounds)
    {
        Latency[] measured = [.. rounds.Where(latency => latency.Count > 0).OrderBy(latency => latency.P99)];
        return measured.Length == 0 ? Latency.None : measured[measured.Length / 2];
    }
}
