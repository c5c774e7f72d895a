namespace ModelMesh.Bench.Compare.Results;

/// <summary>Everything that one run of the bench found, as it is kept in a file and told in a report.</summary>
/// <param name="Command">The arguments of the bench that made it.</param>
/// <param name="Rounds">How often each contender had its turn in each scenario.</param>
internal sealed record Comparison(
    DateOnly Date,
    string Command,
    int Rounds,
    MachineFacts Machine,
    IReadOnlyList<ContenderFacts> Contenders,
    IReadOnlyList<ScenarioFacts> Scenarios,
    IReadOnlyList<RunResult> Runs);
