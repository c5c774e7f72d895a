using System.Text;
using ModelMesh.Bench.Compare.Results;

namespace ModelMesh.Bench.Compare.Report;

/// <summary>A scenario as plain text, for who waits for the run to end: medians, and in brackets the ratio.</summary>
internal static class ConsoleReport
{
    public const int Width = 120;
    private const string Between = "  ";

    /// <summary>As many columns as fit, what the scenario is about first. Lines end with a line feed.</summary>
    /// <param name="runs">May hold those of other scenarios too; they are left out.</param>
    public static string Text(ScenarioFacts scenario, IEnumerable<RunResult> runs)
    {
        var table = new ScenarioTable(scenario, runs);
        List<string[]> columns = [["", .. table.Rows.Select(row => row.Label)]];
        string[] complete = ["complete", .. table.Rows.Select(row => $"{row.Runs.Sum(run => run.Complete)}/{row.Runs.Sum(run => run.Requests)}")];
        var left = Width - WidthOf(columns[0]) - WidthOf(complete) - Between.Length;
        foreach (var measure in table.Measures)
        {
            string[] column = [measure.Title, .. table.Rows.Select(row => Cell(table, row, measure))];
            left -= WidthOf(column) + Between.Length;
            if (left < 0)
            {
                break;
            }

            columns.Add(column);
        }

        columns.Add(complete);
        var text = new StringBuilder($"{scenario.Name}: {scenario.Title}\n");
        for (var line = 0; line <= table.Rows.Count; line++)
        {
            text.AppendJoin(Between, columns.Select((column, index) => index == 0 ? column[line].PadRight(WidthOf(column)) : column[line].PadLeft(WidthOf(column)))).Append('\n');
        }

        foreach (var row in table.Rows.Where(row => row.View.WithStore && Failures.Of(row.Runs).Failed > 0))
        {
            text.Append($"{row.Label} failed: {Failures.Of(row.Runs).ByKind}\n");
        }

        return text.ToString();
    }

    private static int WidthOf(string[] column) => column.Max(cell => cell.Length);

    private static string Cell(ScenarioTable table, Row row, Measure measure)
    {
        if (!row.View.WithStore && !measure.OfPrograms)
        {
            return "\"";
        }

        var ratio = table.Ratio(row, measure) is { } spread ? $" ({Numbers.Ratio(spread.Median)}x)" : "";
        return table.Figure(row, measure) is { } figure ? measure.Text(figure.Median) + ratio : "–";
    }
}
