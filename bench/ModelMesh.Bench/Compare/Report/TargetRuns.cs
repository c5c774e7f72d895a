using ModelMesh.Bench.Compare.Results;

namespace ModelMesh.Bench.Compare.Report;

/// <summary>The runs of one scenario that a target is judged by: the mesh's first, then those it is set against.</summary>
internal sealed class TargetRuns(Comparison comparison, string scenario, params (string Contender, int Variant)[] sets)
{
    /// <summary>What the mesh is set against may fail as far as that leaves its p99 its meaning.</summary>
    public const double ToleratedOfOthers = 0.01;

    // It has to do its work.
    private const double ToleratedOfMesh = 0.001;

    private readonly IReadOnlyList<RunResult>[] _sets = [.. sets.Select(set => comparison.Runs
        .Where(run => run.Scenario == scenario && run.Contender == set.Contender && run.Variant == set.Variant).ToArray())];

    public Spread? Figure(Func<RunResult[], double?> figure) => Paired.Of(figure, _sets);

    public Spread? Alone(int set, Func<RunResult, double?> figure) => Spread.Of(_sets[set].Select(figure));

    /// <param name="told">What was measured, in words.</param>
    /// <param name="reached">Null when the figure does not tell.</param>
    public TargetRow Judge(string target, Spread? figure, Func<Spread, string> told, Func<Spread, bool?> reached)
    {
        if (Unmeasured() is { } why)
        {
            return new(target, why, null);
        }

        var missed = FailuresOf(ContenderNames.Mesh).MoreThan(ToleratedOfMesh);
        var failed = string.Concat(sets.Select(set => set.Contender).Distinct(StringComparer.Ordinal)
            .Where(contender => FailuresOf(contender).Failed > 0)
            .Select(contender => $"; {contender}: {FailuresOf(contender)}"));
        if (figure is null)
        {
            return new(target, $"no round has a figure{failed}", missed ? false : null);
        }

        var rounds = figure.Rounds < comparison.Rounds ? $", in {figure.Rounds} of {comparison.Rounds} rounds" : "";
        return new(target, told(figure) + rounds + failed, missed ? false : reached(figure));
    }

    private Failures FailuresOf(string contender) => Failures.Of([.. _sets.Where((_, set) => sets[set].Contender == contender).SelectMany(runs => runs)]);

    private string? Unmeasured()
    {
        for (var set = 0; set < sets.Length; set++)
        {
            var (contender, variant) = sets[set];
            if (_sets[set].Count == 0)
            {
                var missing = comparison.Contenders.FirstOrDefault(facts => facts.Name == contender)?.Missing;
                return $"no run of {contender}{(variant == 0 ? "" : $", {VariantNames.Of(scenario, variant)}")}{(missing is null ? "" : $": {missing}")}";
            }

            if (contender != ContenderNames.Mesh && FailuresOf(contender).MoreThan(ToleratedOfOthers))
            {
                return $"{contender}: {FailuresOf(contender)}, so there is nothing to compare with";
            }
        }

        return null;
    }
}
