using ModelMesh.Bench.Compare.Results;

namespace ModelMesh.Bench.Compare.Report;

/// <summary>Figures of several runs of the same round: what slows the machine down for a while falls on all of them.</summary>
internal static class Paired
{
    /// <param name="figure">Gets one run of each set, in the order of the sets; null where it has no meaning.</param>
    public static Spread? Of(Func<RunResult[], double?> figure, params IReadOnlyList<RunResult>[] sets) => Spread.Of(sets[0]
        .Select(run => Array.ConvertAll(sets, set => set.FirstOrDefault(other => other.Round == run.Round)))
        .Where(runs => !runs.Contains(null))
        .Select(runs => figure(Array.ConvertAll(runs, run => run!))));

    public static double? Ratio(double? value, double? to) => to is > 0 ? value / to : null;
}
