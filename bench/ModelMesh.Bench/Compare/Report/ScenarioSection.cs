using System.Text;
using ModelMesh.Bench.Compare.Report.Plots;
using ModelMesh.Bench.Compare.Results;

namespace ModelMesh.Bench.Compare.Report;

/// <summary>One scenario in the report.</summary>
internal static class ScenarioSection
{
    /// <param name="broken">Turns that were broken off, of any scenario.</param>
    public static string Of(ScenarioTable table, int rounds, IEnumerable<Plot> plots, IEnumerable<BrokenTurn> broken)
    {
        var section = new StringBuilder($"## {Markdown.Escape(table.Facts.Title)} (`{table.Facts.Name}`)\n\n{Markdown.Escape(table.Facts.What)}\n\n");
        foreach (var turn in broken.Where(turn => turn.Scenario == table.Facts.Name))
        {
            section.Append($"**Broken off** in round {turn.Round}: {Markdown.Escape(turn.Contender)}: {Markdown.Escape(turn.Why)}\n\n");
        }

        if (table.Rows.Count == 0)
        {
            return section.Append("Not measured.\n\n").ToString();
        }

        var seconds = Spread.Of(table.Rows.SelectMany(row => row.Runs).Select(run => (double?)run.Seconds))!;
        section.Append($"A run took {Numbers.Figure(seconds.Median)} s.\n\n").Append(ScenarioRemarks.Of(table));
        section.Append(Markdown.Table(["", .. table.Measures.Select(measure => measure.Title), "failed requests", "complete answers"], table.Rows.Select(row => Cells(table, row, rounds)), figures: true)).Append('\n');
        if (ProgramTable.Of(table) is { Length: > 0 } programs)
        {
            section.Append("CPU time and resident memory of each program:\n\n").Append(programs).Append('\n');
        }

        foreach (var plot in plots)
        {
            section.Append($"![{Markdown.Escape(plot.Title)}]({ReportWriter.PlotFolder}/{plot.File})\n\n");
        }

        return section.ToString();
    }

    private static IReadOnlyList<string> Cells(ScenarioTable table, Row row, int rounds)
    {
        var failures = Failures.Of(row.Runs);
        return
        [
            Markdown.Escape(row.Label) + (row.Runs.Count < rounds ? $" ({row.Runs.Count} of {rounds} rounds)" : ""),
            .. table.Measures.Select(measure => Cell(table, row, measure)),
            failures.Failed == 0 ? "0" : $"{failures.Failed:N0}: {Markdown.Escape(failures.ByKind)}",
            $"{row.Runs.Sum(run => run.Complete):N0} of {failures.Requests:N0}",
        ];
    }

    private static string Cell(ScenarioTable table, Row row, Measure measure)
    {
        if (!row.View.WithStore && !measure.OfPrograms)
        {
            return $"as {row.View.Contender}";
        }

        if (table.Figure(row, measure) is not { } figure)
        {
            return "–";
        }

        var told = measure.Added ? figure.Told(Numbers.Figure, measure.Unit)
            : table.Ratio(row, measure) is { } ratio ? $"{measure.Text(figure.Median)}<br>{ratio.Told(Numbers.Ratio, $" × {Base(table, row, measure)}")}"
            : measure.Text(figure.Median);
        return measure.OfAnswers && Failures.Of(row.Runs) is { Failed: > 0 } failures ? $"{told}<br>**{failures.Failed:N0} of {failures.Requests:N0} failed**" : told;
    }

    private static string Base(ScenarioTable table, Row row, Measure measure)
    {
        var baseline = table.Baseline(row, measure)!;
        return Markdown.Escape(baseline.VariantLabel ?? baseline.View.Label);
    }
}
