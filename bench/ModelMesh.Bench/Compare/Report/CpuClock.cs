using ModelMesh.Bench.Compare.Results;

namespace ModelMesh.Bench.Compare.Report;

/// <summary>How much processor time it takes to be told well: the kernel counts it in ticks.</summary>
internal static class CpuClock
{
    /// <summary>Fifty ticks of 10 ms. What one of less is off by would be more than what a ratio to it shows.</summary>
    public const double LeastSeconds = 0.5;

    /// <summary>Whether a ratio to what these programs used in a run says anything.</summary>
    public static bool CarriesRatios(View view, RunResult run) => view.Sum(run, process => process.CpuSeconds) >= LeastSeconds;
}
