using ModelMesh.Bench.Compare.Results;

namespace ModelMesh.Bench.Compare.Report;

/// <summary>All columns.</summary>
internal static class Measures
{
    private static readonly Measure[] All =
    [
        new(Figure.RequestsPerSecond, "requests/s", "/s", Against.Direct, (_, run) => run.RequestsPerSecond),
        new(Figure.TokensPerSecond, "tokens/s", "/s", Against.Direct, (_, run) => run.Tokens == 0 ? null : run.TokensPerSecond),
        Time(Figure.FirstToken, "TTFT p50", run => run.FirstToken, latency => latency.P50),
        Time(Figure.FirstToken, "TTFT p99", run => run.FirstToken, latency => latency.P99),
        Time(Figure.FirstToken, "added TTFT p50", run => run.FirstToken, latency => latency.P50) with { Added = true },
        Time(Figure.FirstToken, "added TTFT p99", run => run.FirstToken, latency => latency.P99) with { Added = true },
        Time(Figure.Gap, "gap p50", run => run.Gap, latency => latency.P50),
        Time(Figure.Gap, "gap p99", run => run.Gap, latency => latency.P99),
        Time(Figure.Gap, "gap max", run => run.Gap, latency => latency.Max),
        Time(Figure.Gap, "late p99", run => run.Late, latency => latency.P99) with { OnlyInFocus = true },
        Time(Figure.Total, "total p50", run => run.Total, latency => latency.P50),
        Time(Figure.Total, "total p99", run => run.Total, latency => latency.P99),
        Time(Figure.Total, "added total p50", run => run.Total, latency => latency.P50) with { Added = true, OnlyInFocus = true },
        Time(Figure.Total, "added total p99", run => run.Total, latency => latency.P99) with { Added = true, OnlyInFocus = true },
        Cpu(Figure.CpuPerToken, "CPU per token", " µs", run => run.Tokens == 0 || run.WithoutRequests is not null ? null : 1e6 / run.Tokens),
        Cpu(Figure.CpuPerRequest, "CPU per request", " µs", run => run.Requests == 0 || run.WithoutRequests is not null ? null : 1e6 / run.Requests),
        new(Figure.CpuBeyondIdle, "CPU without requests", " %", Against.Nothing, RequestCpu.WithoutRequests) { OfPrograms = true, OnlyInFocus = true },
        new(Figure.CpuBeyondIdle, "CPU per request beyond that", " µs", Against.Nginx, RequestCpu.BeyondPerRequest) { OfPrograms = true, OnlyInFocus = true, CarriesRatios = RequestCpu.CarriesRatios },
        Cpu(Figure.CpuShare, "CPU, part of one core", " %", run => 100 / run.Seconds) with { OnlyInFocus = true },
        new(Figure.Memory, "resident", " MiB", Against.Nothing, (view, run) => view.Sum(run, process => process.ResidentMiB)) { OfPrograms = true },
    ];

    /// <summary>What a scenario is about comes first, in its order; then the rest.</summary>
    public static IReadOnlyList<Measure> For(IReadOnlyList<Figure> focus)
    {
        var focused = focus.Distinct().SelectMany(figure => All.Where(measure => measure.Figure == figure));
        return [.. focused, .. All.Where(measure => !focus.Contains(measure.Figure) && !measure.OnlyInFocus)];
    }

    private static Measure Time(Figure figure, string title, Func<RunResult, Latency> of, Func<Latency, double> value) =>
        new(figure, title, " ms", Against.Direct, (_, run) => of(run).Count == 0 ? null : value(of(run))) { OfAnswers = true };

    // Where CPU without requests is told apart, that of the whole run would hide it in every request and token.
    private static Measure Cpu(Figure figure, string title, string unit, Func<RunResult, double?> perCpuSecond) =>
        new(figure, title, unit, Against.Nginx, (view, run) => view.Sum(run, process => process.CpuSeconds) * perCpuSecond(run))
        {
            OfPrograms = true,
            CarriesRatios = CpuClock.CarriesRatios,
        };
}
