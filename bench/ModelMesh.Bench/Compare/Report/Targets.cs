using ModelMesh.Bench.Compare.Results;

namespace ModelMesh.Bench.Compare.Report;

/// <summary>What the mesh has to reach, judged by ratios and differences within a round, median over rounds.</summary>
internal static class Targets
{
    /// <summary>The ratio up to which more models cost nothing that can be measured.</summary>
    public const double Unmeasurable = 1.05;

    /// <summary>A lease is acquired and released; a tenth of a call more is for what runs beside the requests.</summary>
    public const double StoreCalls = 2.1;

    private static readonly View Whole = View.Of(ContenderNames.Mesh)[0];
    private static readonly View WithoutStore = View.Of(ContenderNames.Mesh)[1];

    public static IReadOnlyList<TargetRow> Judge(Comparison comparison)
    {
        return
        [
            AddedFirstToken("p50", latency => latency.P50, 1.0),
            AddedFirstToken("p99", latency => latency.P99, 5.0),
            RequestRate(),
            AddedTotal(),
            CpuPerToken(),
            Memory("open-5000"),
            GapTarget.Longest(comparison, "open-5000"),
            GapTarget.Late(comparison, "open-5000"),
            Memory("streams-5000"),
            GapTarget.Longest(comparison, "streams-5000"),
            .. CompleteTarget.Judge(comparison),
            ScaleTarget.Judge(comparison, "CPU per request, beyond CPU without requests,", run => RequestCpu.CarriesRatios(Whole, run) ? RequestCpu.BeyondPerRequest(Whole, run) : null),
            ScaleTarget.Judge(comparison, "total p50", run => Of(run.Total, latency => latency.P50)),
            Store(),
        ];

        TargetRow AddedFirstToken(string percentile, Func<Latency, double> of, double most)
        {
            var runs = Against("first-token", ContenderNames.Direct);
            return runs.Judge($"first-token: added TTFT {percentile} ≤ {most:0.0} ms", runs.Figure(pair => Of(pair[0].FirstToken, of) - Of(pair[1].FirstToken, of)),
                figure => Milliseconds(figure), figure => figure.Median <= most);
        }

        TargetRow RequestRate()
        {
            var runs = Against("peak", ContenderNames.Portkey);
            return runs.Judge("peak: requests/s ≥ 5 × portkey's", runs.Figure(pair => Paired.Ratio(pair[0].RequestsPerSecond, pair[1].RequestsPerSecond)),
                figure => figure.Told(Numbers.Ratio, " × portkey's"), figure => figure.Median >= 5);
        }

        TargetRow AddedTotal()
        {
            var runs = Against("whole-200", ContenderNames.Direct, ContenderNames.Portkey);
            var added = runs.Figure(pair => Added(pair[0], pair[1]));
            var portkey = runs.Figure(pair => Added(pair[2], pair[1]));
            return runs.Judge("whole-200: added total p99 ≤ 1/3 of portkey's", runs.Figure(pair => Paired.Ratio(Added(pair[0], pair[1]), Added(pair[2], pair[1]))),
                figure => $"{figure.Told(Numbers.Ratio, " × portkey's")}; {Milliseconds(added!)} against {Milliseconds(portkey!)}", figure => figure.Median <= 1.0 / 3);
        }

        TargetRow CpuPerToken()
        {
            var runs = Against("streams-500", ContenderNames.Nginx);
            var nginx = View.Of(ContenderNames.Nginx)[0];
            Spread? Ratio(View view) => runs.Figure(pair => CpuClock.CarriesRatios(nginx, pair[1]) ? Paired.Ratio(CpuPer(view, pair[0], pair[0].Tokens), CpuPer(nginx, pair[1], pair[1].Tokens)) : null);
            return runs.Judge("streams-500: CPU per token ≤ 4 × nginx's", Ratio(Whole),
                figure => $"{figure.Told(Numbers.Ratio, " × nginx's")}; without the store {Ratio(WithoutStore)?.Told(Numbers.Ratio, " ×")}", figure => figure.Median <= 4);
        }

        TargetRow Memory(string scenario)
        {
            var runs = Against(scenario);
            return runs.Judge($"{scenario}: gateway + registry resident ≤ 600 MB", runs.Alone(0, Resident), figure => figure.Told(Numbers.Figure, " MB"), figure => figure.Median <= 600);
        }

        TargetRow Store()
        {
            var runs = Against("whole-200");
            return runs.Judge($"whole-200: store calls per request ≤ {StoreCalls:0.0}: one to acquire the lease, one to release it",
                runs.Alone(0, run => run.StoreCalls is { } calls ? Paired.Ratio(calls, run.Requests) : null),
                figure => $"{figure.Told(Numbers.Ratio, " calls per request")}, acquire and release together; half of it, {Numbers.Ratio(figure.Median / 2)}, for each of the two", figure => figure.Median <= StoreCalls);
        }

        TargetRuns Against(string scenario, params string[] others) => new(comparison, scenario, [(ContenderNames.Mesh, 0), .. others.Select(other => (other, 0))]);
    }

    private static string Milliseconds(Spread figure) => figure.Told(Numbers.Figure, " ms");

    private static double? Of(Latency latency, Func<Latency, double> value) => latency.Count == 0 ? null : value(latency);

    private static double? Added(RunResult run, RunResult direct) => Of(run.Total, latency => latency.P99) - Of(direct.Total, latency => latency.P99);

    private static double? CpuPer(View view, RunResult run, long count) => Paired.Ratio(view.Sum(run, process => process.CpuSeconds) * 1e6, count);

    // Without either of them the sum would be too small, and reached by mistake.
    private static double? Resident(RunResult run) => run.Processes.Any(process => process.Name == "gateway") && run.Processes.Any(process => process.Name == "registry")
        ? run.Processes.Where(process => process.Name is "gateway" or "registry").Sum(process => process.ResidentMiB) * 1.048576
        : null;
}
