using ModelMesh.Bench.Compare.Results;

namespace ModelMesh.Bench.Compare.Report;

/// <summary>The figures of one scenario: rows are contenders, columns are measures.</summary>
internal sealed class ScenarioTable
{
    public ScenarioTable(ScenarioFacts facts, IEnumerable<RunResult> runs)
    {
        Facts = facts;
        RunResult[] own = [.. runs.Where(run => run.Scenario == facts.Name)];
        Varies = own.Select(run => run.Variant).Distinct().Skip(1).Any();
        Rows =
        [
            .. own.GroupBy(run => (run.Contender, run.Variant))
                .OrderBy(group => ContenderNames.Order(group.Key.Contender))
                .ThenBy(group => group.Key.Contender, StringComparer.Ordinal)
                .ThenBy(group => group.Key.Variant)
                .SelectMany(group => View.Of(group.Key.Contender).Select(view => RowOf(view, group.Key.Variant, [.. group.OrderBy(run => run.Round)]))),
        ];
        WholeAnswers = own.All(run => run.Gap.Count == 0 && run.FirstToken.P50 == run.Total.P50 && run.FirstToken.P99 == run.Total.P99);
        Measures = [.. Report.Measures.For(facts.Focus).Where(measure => !facts.FocusOnly || facts.Focus.Contains(measure.Figure)).Where(IsShown)];
    }

    public ScenarioFacts Facts { get; }

    public IReadOnlyList<Row> Rows { get; }

    /// <summary>Those that have a figure in some row, in the order in which they are shown.</summary>
    public IReadOnlyList<Measure> Measures { get; }

    /// <summary>Whether one contender ran in several variants, which are then compared with each other.</summary>
    public bool Varies { get; }

    /// <summary>Whether the first token came with the end of the answer, so that it says nothing of its own.</summary>
    public bool WholeAnswers { get; }

    /// <returns>Null where there is none, or where <paramref name="row"/> is it.</returns>
    public Row? Baseline(Row row, Measure measure)
    {
        var baseline = (measure.Against, Varies) switch
        {
            (Against.Nothing, _) => null,
            (_, true) => Rows.First(other => other.View == row.View),
            (Against.Nginx, _) => Rows.FirstOrDefault(other => other.View.Contender == ContenderNames.Nginx),
            _ => Rows.FirstOrDefault(other => other.View.Contender == ContenderNames.Direct),
        };
        return baseline == row ? null : baseline;
    }

    public Spread? Figure(Row row, Measure measure)
    {
        if (!measure.Added)
        {
            return Spread.Of(row.Runs.Select(run => measure.Of(row.View, run)));
        }

        return Baseline(row, measure) is { } baseline
            ? Paired.Of(runs => measure.Of(row.View, runs[0]) - measure.Of(baseline.View, runs[1]), row.Runs, baseline.Runs)
            : null;
    }

    public Spread? Ratio(Row row, Measure measure) => !measure.Added && Baseline(row, measure) is { } baseline
        ? Paired.Of(runs => measure.CarriesRatios(baseline.View, runs[1]) ? Paired.Ratio(measure.Of(row.View, runs[0]), measure.Of(baseline.View, runs[1])) : null, row.Runs, baseline.Runs)
        : null;

    private bool IsShown(Measure measure) =>
        !(WholeAnswers && measure.Figure == Results.Figure.FirstToken && !Facts.Focus.Contains(measure.Figure)) && Rows.Any(row => Figure(row, measure) is not null);

    private Row RowOf(View view, int variant, IReadOnlyList<RunResult> runs)
    {
        var name = Varies ? VariantNames.Of(Facts.Name, variant) : null;
        return new(view, variant, name is null ? view.Label : $"{view.Label}, {name}", name, runs);
    }
}
