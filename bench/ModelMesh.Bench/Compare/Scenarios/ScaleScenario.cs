using ModelMesh.Bench.Compare.Contenders;
using ModelMesh.Bench.Compare.Load;
using ModelMesh.Bench.Compare.Results;

namespace ModelMesh.Bench.Compare.Scenarios;

/// <summary>The mesh alone, with ever more registered models, one of which is asked.</summary>
internal sealed class ScaleScenario : IScenario
{
    private static readonly int[] Models = [1, 10, 1_000, 10_000];

    public ScenarioFacts Facts { get; } = new(
        "scale",
        "1 to 10,000 registered models",
        "Whole answers at 200 requests/s from one model, while 1, 10, 1,000 or 10,000 are registered. What a request costs must not depend on that. What registered models cost that nobody asks for is told apart: CPU without requests.",
        [Figure.CpuBeyondIdle, Figure.Total, Figure.Memory]);

    public async IAsyncEnumerable<RunResult> RunAsync(Contest contest, IContender contender, int round)
    {
        if (contender is not Mesh mesh)
        {
            yield break;
        }

        var workload = new Workload { Plan = AllScenarios.WholeAnswer, Stream = false, Arrivals = new Arrivals.Rate(200, contest.Time) };
        await mesh.Admin.ClearAsync();
        foreach (var models in round % 2 == 1 ? Models : Models.Reverse())
        {
            // The one that is asked is the last of them.
            await mesh.Admin.FillAsync(models - 1);
            using var connections = new LoadConnections();
            await Contest.WarmUpAsync(mesh, workload with { Arrivals = new Arrivals.Rate(200, TimeSpan.FromSeconds(3)) }, connections);
            var idle = await IdleMetering.TakeAsync(contest, mesh);

            // Connections close when they are not used for a minute, which only waiting for many models may take.
            await Contest.WarmUpAsync(mesh, workload with { Arrivals = new Arrivals.Rate(200, TimeSpan.FromSeconds(1.5)) }, connections);
            yield return await contest.MeasureAsync(Facts.Name, mesh, round, workload, connections, variant: models) with { WithoutRequests = idle };
        }

        await mesh.Admin.FillAsync(0);
    }
}
