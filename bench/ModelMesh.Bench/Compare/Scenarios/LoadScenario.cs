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

    public async IAsyncEnumerable<RunResult> RunAsync(Contest contest, IContender contender, int round)
    {
        using var connections = new LoadConnections();
        await Contest.WarmUpAsync(contender, Short(workload(WarmUp)), connections);
        var whole = workload(contest.Time);
        await contender.PrepareAsync(whole.Plan);
        var run = await contest.MeasureAsync(facts.Name, contender, round, whole, connections);
        yield return whole.Behaviour == ClientBehaviour.Leaves ? await LetGoAsync(contest.Bed, contender, whole.Plan, run) : run;
    }

    // Long before an answer would end by itself: what is left then is what the contender has not let go of.
    private static async Task<RunResult> LetGoAsync(TestBed bed, IContender contender, TokenPlan plan, RunResult run)
    {
        var open = Leftovers.AfterAsync(plan.Length / 8, bed.OpenAnswersAsync, TimeProvider.System);
        var held = contender is Mesh mesh ? Leftovers.AfterAsync(plan.Length / 8, () => mesh.Admin.HeldAsync(plan.ModelName), TimeProvider.System) : Task.FromResult(0L);
        await Task.WhenAll(open, held);
        run = Leftovers.Charge(Leftovers.Charge(run, "still open at the upstream", await open), "slot still held", await held - await open);

        // The next contender shall not be charged for it.
        await Leftovers.AfterAsync(plan.Length * 2, bed.OpenAnswersAsync, TimeProvider.System);
        return run;
    }

    // Streams that are opened once last as long as their plan says.
    private static Workload Short(Workload workload) => workload.Arrivals is Arrivals.Once once
        ? workload with { Arrivals = new Arrivals.Once(Math.Min(once.Count, 200), TimeSpan.FromSeconds(0.2)), Plan = workload.Plan with { Tokens = workload.Plan.GapMs == 0 ? workload.Plan.Tokens / 5 : 20 } }
        : workload;
}
