using ModelMesh.Bench.Compare.Results;

namespace ModelMesh.Bench.Compare.Scenarios;

/// <summary>Something that is measured, through every contender that can do it.</summary>
internal interface IScenario
{
    ScenarioFacts Facts { get; }

    /// <summary>Gives each contender its turn, once.</summary>
    /// <param name="round">From 1.</param>
    IAsyncEnumerable<RunResult> RunAsync(Contest contest, int round);
}
