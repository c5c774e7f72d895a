using ModelMesh.Bench.Compare.Contenders;
using ModelMesh.Bench.Compare.Results;

namespace ModelMesh.Bench.Compare.Scenarios;

/// <summary>Something that is measured, through every contender that can do it.</summary>
internal interface IScenario
{
    ScenarioFacts Facts { get; }

    /// <summary>Gives a contender its turn; nothing comes of it where it can take no part.</summary>
    /// <param name="round">From 1.</param>
    IAsyncEnumerable<RunResult> RunAsync(Contest contest, IContender contender, int round);
}
