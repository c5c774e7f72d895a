using ModelMesh.Bench.Compare.Results;

namespace ModelMesh.Bench.Compare.Report;

/// <summary>Whether tokens come through the mesh as evenly as without it. Every round has to reach it: a median would forget the one in which streams stood still.</summary>
internal static class GapTarget
{
    private const double Most = 2;

    /// <summary>No gap is longer than twice what direct's p99 is.</summary>
    public static TargetRow Longest(Comparison comparison, string scenario)
    {
        var runs = Runs(comparison, scenario);
        Spread? Ratio(Func<Latency, double> of) => runs.Figure(pair => Paired.Ratio(Of(pair[0].Gap, of), Of(pair[1].Gap, latency => latency.P99)));
        return runs.Judge($"{scenario}: no gap beyond {Most} × direct's gap p99, in every round", Ratio(latency => latency.Max),
            figure => $"the largest {figure.Told(Numbers.Ratio, " × direct's p99")}, the p99 {Ratio(latency => latency.P99)?.Told(Numbers.Ratio, " ×")}", figure => figure.Max <= Most);
    }

    /// <summary>The same of what a gap is longer than planned, by the p99 of both: where gaps are long, their length says nothing of it.</summary>
    public static TargetRow Late(Comparison comparison, string scenario)
    {
        var runs = Runs(comparison, scenario);
        Spread? Alone(int set, Func<Latency, double> of) => runs.Alone(set, run => Of(run.Late, of));
        string Told(int set) => $"{Milliseconds(Alone(set, latency => latency.P99))}, at most {Milliseconds(Alone(set, latency => latency.Max))}";
        return runs.Judge($"{scenario}: gaps late by at most {Most} × direct's lateness, p99 in every round",
            runs.Figure(pair => Paired.Ratio(Of(pair[0].Late, latency => latency.P99), Of(pair[1].Late, latency => latency.P99))),
            figure => $"{figure.Told(Numbers.Ratio, " × direct's")}: late by {Told(0)}; directly by {Told(1)}", figure => figure.Max <= Most);
    }

    private static TargetRuns Runs(Comparison comparison, string scenario) => new(comparison, scenario, (ContenderNames.Mesh, 0), (ContenderNames.Direct, 0));

    private static double? Of(Latency latency, Func<Latency, double> value) => latency.Count == 0 ? null : value(latency);

    private static string Milliseconds(Spread? figure) => figure?.Told(Numbers.Figure, " ms") ?? "–";
}
