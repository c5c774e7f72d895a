using ModelMesh.Bench.Compare.Contenders;
using ModelMesh.Bench.Compare.Load;
using ModelMesh.Bench.Compare.Results;

namespace ModelMesh.Bench.Compare.Scenarios;

/// <summary>The mesh alone, without and with a new revision of the model each second, in turn.</summary>
internal sealed class HotUpdateScenario : IScenario
{
    private const string Model = "hot-update";
    private static readonly TimeSpan Every = TimeSpan.FromSeconds(1);

    public ScenarioFacts Facts { get; } = new(
        "hot-update",
        "A hot update every second",
        "50 streams on average, begun 50 a second, while the model they ask gets a new revision every second; beside it the same without updates. Every stream must be complete.",
        [Figure.FirstToken, Figure.Gap, Figure.CpuPerToken]);

    public async IAsyncEnumerable<RunResult> RunAsync(Contest contest, IContender contender, int round)
    {
        if (contender is not Mesh mesh)
        {
            yield break;
        }

        var workload = new Workload { Plan = new TokenPlan(50, FirstMs: 20, GapMs: 20), Arrivals = new Arrivals.Rate(50, contest.Time) };
        var target = mesh.Target with { ModelOf = static _ => Model };
        await mesh.Admin.RegisterAsync(Model, workload.Plan);
        using var connections = new LoadConnections();
        await Contest.WarmUpAsync(mesh, workload with { Arrivals = new Arrivals.Rate(50, TimeSpan.FromSeconds(1.5)) }, connections, target);
        foreach (var variant in (int[])(round % 2 == 1 ? [0, 1] : [1, 0]))
        {
            var revisions = new RevisionCount(await mesh.Admin.RevisionAsync(Model));
            using var ended = new CancellationTokenSource();
            var updates = variant == 1 ? UpdateAsync(mesh.Admin, workload.Plan, revisions, ended.Token) : Task.CompletedTask;
            RunResult run;
            try
            {
                run = await contest.MeasureAsync(Facts.Name, mesh, round, workload, connections, target, variant);
            }
            finally
            {
                await ended.CancelAsync();
                await updates.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }

            yield return run with { Updates = variant == 1 ? revisions.New : null };

            // What was measured counts also where the updates were broken off.
            await updates;
        }
    }

    private static async Task UpdateAsync(MeshAdmin mesh, TokenPlan plan, RevisionCount revisions, CancellationToken ended)
    {
        using var timer = new PeriodicTimer(Every, TimeProvider.System);
        try
        {
            while (await timer.WaitForNextTickAsync(ended))
            {
                revisions.Answered(await mesh.UpdateAsync(Model, plan));
            }
        }
        catch (OperationCanceledException) when (ended.IsCancellationRequested)
        {
            // The run has ended.
        }
    }
}
