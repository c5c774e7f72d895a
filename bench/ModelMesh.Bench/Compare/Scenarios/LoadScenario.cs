using ModelMesh.Bench.Compare.Contenders;
using ModelMesh.Bench.Compare.Load;
using ModelMesh.Bench.Compare.Results;

namespace ModelMesh.Bench.Compare.Scenarios;

/// <summary>One workload through every contender.</summary>
/// <param name="workload">Makes it for a time to send in.</param>
internal sealed class LoadScenario(ScenarioFacts facts, Func<TimeSpan, Workload> workload) : IScenario
{
    private static readonly TimeSpan WarmUp = TimeSpan.FromSeconds(1.5);

    public ScenarioFacts Facts => facts;

    public async IAsyncEnumerable<RunResult> RunAsync(Contest contest, int round)
    {
        foreach (var contender in contest.InTurn(round))
        {
            using var connections = new LoadConnections();
            await Contest.WarmUpAsync(contender, Short(workload(WarmUp)), connections);
            var whole = workload(contest.Time);
            await contender.PrepareAsync(whole.Plan);
            yield return await contest.MeasureAsync(facts.Name, contender, round, whole, connections);
            if (whole.Behaviour == ClientBehaviour.Leaves)
            {
                await contest.Bed.QuietAsync();
                await (contender is Mesh mesh ? mesh.Admin.LetGoAsync(whole.Plan.ModelName) : Task.CompletedTask);
            }
        }
    }

    // Streams that are opened once last as long as their plan says.
    private static Workload Short(Workload workload) => workload.Arrivals is Arrivals.Once once
        ? workload with { Arrivals = new Arrivals.Once(Math.Min(once.Count, 200), TimeSpan.FromSeconds(0.2)), Plan = workload.Plan with { Tokens = workload.Plan.GapMs == 0 ? workload.Plan.Tokens / 5 : 20 } }
        : workload;
}
