using ModelMesh.Bench.Compare.Results;

namespace ModelMesh.Bench.Compare.Report.Plots;

/// <summary>Which plots a scenario has: the figures it is about, and how its latencies are distributed.</summary>
internal static class ScenarioPlots
{
    private const int Leading = 2;
    private const int MostPanels = 4;

    public static IReadOnlyList<Plot> Of(ScenarioTable table)
    {
        if (table.Rows.Count == 0)
        {
            return [];
        }

        var name = string.Concat(table.Facts.Name.Select(letter => char.IsAsciiLetterOrDigit(letter) ? char.ToLowerInvariant(letter) : '-'));
        var leading = Leads(table);
        return [.. new[] { Figures(table, name, leading), FirstTokens(table, name), Gaps(table, name) }.OfType<Plot>()];
    }

    private static Measure[] Leads(ScenarioTable table)
    {
        Figure[] focus = [.. table.Facts.Focus.Take(Leading)];
        return [.. table.Measures.Where(measure => focus.Contains(measure.Figure) && !measure.Added).Take(MostPanels)];
    }

    private static Plot? Figures(ScenarioTable table, string name, Measure[] measures)
    {
        if (measures.Length == 0)
        {
            return null;
        }

        var title = table.Facts.Title;
        var svg = table.Varies && table.Rows.Select(row => row.Variant).Distinct().Count() > 2
            ? LineChart.Draw(title, "registered models (log scale)", [.. measures.Select(measure => Lines(table, measure))])
            : BarChart.Draw(title, [.. measures.Select(measure => Bars(table, measure))]);
        return new($"{name}.svg", $"{title}: {string.Join(", ", measures.Select(measure => measure.Title))}", svg);
    }

    private static IEnumerable<Row> Shown(ScenarioTable table, Measure measure) => table.Rows.Where(row => measure.OfPrograms ? row.HasPrograms : row.View.WithStore);

    private static BarPanel Bars(ScenarioTable table, Measure measure) => new(measure.Title, measure.Unit,
        [.. Shown(table, measure).Select(row => new Bar(row.Label, SeriesStyle.Of(row.View), table.Figure(row, measure)))]);

    private static LinePanel Lines(ScenarioTable table, Measure measure) => new(measure.Title, measure.Unit,
    [
        .. Shown(table, measure).GroupBy(row => row.View).Select(rows =>
        {
            (int X, Spread Y)[] points = [.. rows.Select(row => (row.Variant, table.Figure(row, measure)!)).Where(point => point.Item2 is not null)];
            return new Series(rows.Key.Label, SeriesStyle.Of(rows.Key), SeriesStyle.Dashes(rows.Key.WithStore ? 0 : 1), [.. points.Select(point => ((double)point.X, point.Y.Median))], [.. points.Select(point => (point.Y.Min, point.Y.Max))]);
        }).Where(line => line.Points.Count > 0),
    ]);

    private static Plot? FirstTokens(ScenarioTable table, string name) => table.WholeAnswers
        ? Curves(table, $"{name}-answer.svg", "time to the whole answer", "percentile of answers", run => run.Total)
        : Curves(table, $"{name}-first-token.svg", "time to the first token", "percentile of answers", run => run.FirstToken);

    private static Plot? Gaps(ScenarioTable table, string name) => Curves(table, $"{name}-gap.svg", "gap between tokens", "percentile of gaps", run => run.Gap);

    private static Plot? Curves(ScenarioTable table, string file, string what, string xTitle, Func<RunResult, Latency> of)
    {
        Row[] rows = [.. table.Rows.Where(row => row.View.WithStore)];
        int[] variants = [.. rows.Select(row => row.Variant).Distinct().Order()];
        Series[] series = [.. rows.Select(row => Curve(row, SeriesStyle.Dashes(Array.IndexOf(variants, row.Variant)), of)).Where(line => line.Points.Count > 1)];
        var title = $"{table.Facts.Title}: {what}";
        return series.Length == 0 ? null : new(file, title, CurveChart.Draw(title, xTitle, series));
    }

    private static Series Curve(Row row, string dashes, Func<RunResult, Latency> of)
    {
        var latency = CurveOfMedian.Of(row.Runs.Select(of));
        return new(row.Label, SeriesStyle.Of(row.View), dashes, [.. PercentileScale.Told(latency.Curve, latency.Count).Select(point => (point[0], point[1]))], []);
    }
}
