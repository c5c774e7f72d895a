namespace ModelMesh.Bench.Compare.Results;

/// <summary>Everything that one run of the bench found, as it is kept in a file and told in a report.</summary>
/// <param name="Command">The arguments of the bench that made it.</param>
/// <param name="Rounds">How often each contender had its turn in each scenario.</param>
/// <param name="WarmUpSeconds">How long each contender answered before the first round.</param>
/// <param name="Build">The configuration that the bench and the services were built with, as <see cref="ReleaseBuild"/>.</param>
internal sealed record Comparison(
    DateOnly Date,
    string Command,
    int Rounds,
    int WarmUpSeconds,
    string Build,
    MachineFacts Machine,
    IReadOnlyList<ContenderFacts> Contenders,
    IReadOnlyList<ScenarioFacts> Scenarios,
    IReadOnlyList<RunResult> Runs)
{
    /// <summary>Turns that were broken off.</summary>
    public IReadOnlyList<BrokenTurn> Broken { get; init; } = [];

    /// <summary>The configuration whose figures count.</summary>
    public const string ReleaseBuild = "Release";
}
