using ModelMesh.Bench.Compare.Results;

namespace ModelMesh.Bench.Compare.Report;

/// <summary>Processor time of a run apart: what programs use without requests anyway, and what requests cost beyond that.</summary>
internal static class RequestCpu
{
    /// <returns>In percent of a core; null where it was not looked at, or nothing is under test.</returns>
    public static double? WithoutRequests(View view, RunResult run) => PerSecond(view, run) * 100;

    /// <summary>The run's CPU less what the same programs use in the same time without requests, never below 0.</summary>
    /// <returns>In seconds; null where that was not looked at, or nothing is under test.</returns>
    public static double? Beyond(View view, RunResult run) =>
        view.Sum(run, process => process.CpuSeconds) - (PerSecond(view, run) * run.Seconds) is { } beyond ? Math.Max(0, beyond) : null;

    /// <returns>In microseconds; null where <see cref="Beyond"/> is, or there was no request.</returns>
    public static double? BeyondPerRequest(View view, RunResult run) => Paired.Ratio(Beyond(view, run) * 1e6, run.Requests);

    /// <summary>Whether a ratio of what is left says anything.</summary>
    public static bool CarriesRatios(View view, RunResult run) => Beyond(view, run) >= CpuClock.LeastSeconds;

    private static double? PerSecond(View view, RunResult run) =>
        run.WithoutRequests is { } idle ? Paired.Ratio(view.Sum(idle.Processes, process => process.CpuSeconds), idle.Seconds) : null;
}
