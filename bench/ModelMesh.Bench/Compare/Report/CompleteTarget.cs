using ModelMesh.Bench.Compare.Results;

namespace ModelMesh.Bench.Compare.Report;

/// <summary>Whether every answer through the mesh was complete and in order. All rounds count, and no share of failures is small enough.</summary>
/// <remarks>
/// A scenario is reached when no greater part of the mesh's answers is incomplete than of direct's, which is none where direct took no part. Where the mesh's are not
/// all complete and more than one in a hundred of direct's is not either, it is not measured; nor is
/// one of which a turn of the mesh was broken off, or that should update its model and did not once in a run.
/// </remarks>
internal static class CompleteTarget
{
    // What they are about is that nothing is lost.
    private static readonly string[] Named = ["churn", "hot-update"];

    public static IEnumerable<TargetRow> Judge(Comparison comparison)
    {
        foreach (var scenario in Named)
        {
            yield return Row(comparison, scenario, [scenario]);
        }

        yield return Row(comparison, "every other scenario", [.. comparison.Runs.Select(run => run.Scenario).Distinct(StringComparer.Ordinal).Except(Named, StringComparer.Ordinal)]);
    }

    private static TargetRow Row(Comparison comparison, string name, IReadOnlyList<string> scenarios)
    {
        var target = $"{name}: every answer complete and in order, beyond what fails directly";
        Outcome[] outcomes = [.. scenarios.Select(scenario => new Outcome(scenario, Of(comparison, scenario, ContenderNames.Mesh), Of(comparison, scenario, ContenderNames.Direct))).Where(outcome => outcome.Requests > 0)];
        if (outcomes.Length == 0)
        {
            var missing = comparison.Contenders.FirstOrDefault(facts => facts.Name == ContenderNames.Mesh)?.Missing;
            return new(target, $"no run of {ContenderNames.Mesh}{(missing is null ? "" : $": {missing}")}", null);
        }

        var told = $"{outcomes.Sum(outcome => outcome.Incomplete):N0} of {outcomes.Sum(outcome => outcome.Requests):N0} incomplete"
            + string.Concat(outcomes.Where(outcome => outcome.Incomplete > 0).Select(outcome => $"; {outcome}"));
        RunResult[] updated = [.. outcomes.SelectMany(outcome => outcome.Mesh).Where(run => run.Updates is not null)];
        if (updated.Length > 0)
        {
            told += $"; {updated.Sum(run => run.Updates):N0} updates in {updated.Length:N0} {(updated.Length == 1 ? "run" : "runs")}, at least {updated.Min(run => run.Updates):N0} in each";
        }

        foreach (var outcome in outcomes.Where(outcome => outcome.IsWithoutReference))
        {
            told += $"; {outcome.Scenario}: too much failed directly, so there is nothing to compare with";
        }

        var broken = comparison.Broken.Count(turn => turn.Contender == ContenderNames.Mesh && scenarios.Contains(turn.Scenario, StringComparer.Ordinal));
        told += broken == 0 ? "" : $"; {broken:N0} {(broken == 1 ? "turn was" : "turns were")} broken off";
        var missed = outcomes.Any(outcome => outcome is { IsWorse: true, IsWithoutReference: false });
        var unknown = outcomes.Any(outcome => outcome.IsWithoutReference) || broken > 0 || updated.Any(run => run.Updates == 0);
        return new(target, told, missed ? false : unknown ? null : true);
    }

    private static RunResult[] Of(Comparison comparison, string scenario, string contender) => [.. comparison.Runs.Where(run => run.Scenario == scenario && run.Contender == contender)];

    private sealed record Outcome(string Scenario, RunResult[] Mesh, RunResult[] Direct)
    {
        public long Requests => Mesh.Sum(run => run.Requests);

        public long Incomplete => Mesh.Sum(run => run.Incomplete);

        public bool IsWorse => Part(Mesh) > Part(Direct);

        public bool IsWithoutReference => Incomplete > 0 && Part(Direct) > TargetRuns.ToleratedOfOthers;

        public override string ToString() =>
            $"{Scenario}: {Incomplete:N0} of {Requests:N0} ({Failures.Of(Mesh).ByKind}), directly {(Direct.Length == 0 ? "not asked" : $"{Direct.Sum(run => run.Incomplete):N0} of {Direct.Sum(run => run.Requests):N0}")}";

        private static double Part(RunResult[] runs) => Paired.Ratio(runs.Sum(run => run.Incomplete), runs.Sum(run => run.Requests)) ?? 0;
    }
}
