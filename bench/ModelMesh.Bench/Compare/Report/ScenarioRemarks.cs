using System.Text;
using ModelMesh.Bench.Compare.Results;

namespace ModelMesh.Bench.Compare.Report;

/// <summary>What has to be known of the runs of a scenario before its figures are read.</summary>
internal static class ScenarioRemarks
{
    private const double NotableSteal = 3;

    /// <returns>A paragraph each; empty when there is nothing to say.</returns>
    public static string Of(ScenarioTable table)
    {
        var remarks = new StringBuilder();
        foreach (var remark in new[] { Stolen(table), Updates(table), Failed(table), Idle(table), Unsettled(table), CoarseCpu(table) }.OfType<string>())
        {
            remarks.Append(remark).Append("\n\n");
        }

        return remarks.ToString();
    }

    private static string? Stolen(ScenarioTable table)
    {
        double[] percent = [.. Whole(table).SelectMany(row => row.Runs).Select(run => run.StolenPercent ?? 0).Order()];
        return percent is [.., >= NotableSteal]
            ? $"**The host gave {Numbers.Figure(percent[percent.Length / 2])} % ({Numbers.Figure(percent[0])}–{Numbers.Figure(percent[^1])} %) of the processor time that was wanted here to other machines** (median, lowest and highest run): times and rates are worse than this machine's own, the more so the more programs a request goes through."
            : null;
    }

    private static string? Updates(ScenarioTable table)
    {
        RunResult[] updated = [.. Whole(table).SelectMany(row => row.Runs).Where(run => run.Updates is not null)];
        return updated.Length == 0 ? null : $"Revisions that the model got while it was asked, run by run: {string.Join(", ", updated.Select(run => $"{run.Updates}"))}.";
    }

    private static string? Failed(ScenarioTable table)
    {
        string[] failed = [.. Whole(table).Where(row => Failures.Of(row.Runs).Failed > 0).Select(row => $"{Markdown.Escape(row.Label)}: {Failures.Of(row.Runs)}")];
        return failed.Length == 0
            ? null
            : $"**Not every answer was complete** ({string.Join("; ", failed)}). A failed answer has no total time, and of its first token and gaps only those before it failed: the times and plots of these rows are of the others, and look better than what clients got.";
    }

    private static string? Idle(ScenarioTable table) => Whole(table).SelectMany(row => row.Runs).All(run => run.WithoutRequests is null)
        ? null
        : "CPU without requests is what all programs of a row used, in percent of one core, before the run, for as long as the run sends, while nobody asked for anything: what they do by the clock, as asking models for their health. CPU per request is told beyond that: the run's CPU less what is used without requests in the same time, by requests, never below 0. CPU time of each program is that of the whole run.";

    private static string? Unsettled(ScenarioTable table)
    {
        string[] unsettled =
        [
            .. Whole(table)
                .Select(row => (row.Label, row.Runs, Count: row.Runs.Count(run => run.WithoutRequests is { Settled: false })))
                .Where(row => row.Count > 0)
                .Select(row => $"{Markdown.Escape(row.Label)}: {row.Count} of {row.Runs.Count} runs"),
        ];
        return unsettled.Length == 0
            ? null
            : $"**CPU without requests did not come below {IdleUse.SettledPercent} % of a core within {IdleUse.PatienceSeconds} s** of warm-up ({string.Join("; ", unsettled)}). It may hold some of what registering caused; as much is then missing from CPU per request.";
    }

    private static string? CoarseCpu(ScenarioTable table)
    {
        string[] coarse =
        [
            .. table.Measures
                .SelectMany(measure => table.Rows.Select(row => (Measure: measure, Base: table.Baseline(row, measure))))
                .Where(pair => pair.Base is not null && pair.Base.Runs.Any(run => !pair.Measure.CarriesRatios(pair.Base.View, run)))
                .Select(pair => pair.Base!.Label)
                .Distinct(StringComparer.Ordinal),
        ];
        return coarse.Length == 0
            ? null
            : $"There is no CPU ratio to a run in which {Markdown.Escape(string.Join(" or ", coarse))} used less than {CpuClock.LeastSeconds} s of what is counted: the kernel counts in ticks of 10 ms, and a ratio to a few dozen of them is noise.";
    }

    private static IEnumerable<Row> Whole(ScenarioTable table) => table.Rows.Where(row => row.View.WithStore);
}
