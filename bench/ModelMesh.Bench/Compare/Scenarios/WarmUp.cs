using ModelMesh.Bench.Compare.Contenders;
using ModelMesh.Bench.Compare.Load;

namespace ModelMesh.Bench.Compare.Scenarios;

/// <summary>
/// Has a contender answer before anything is measured: .NET and Node compile what runs often once more and better, for about a minute, and the first round would pay for it.
/// </summary>
/// <param name="time">For each contender; zero for none.</param>
internal sealed class WarmUp(TimeSpan time)
{
    private const int Clients = 16;

    // The ways that scenarios ask, with their models: an answer in one piece, a stream as fast as it goes, a stream token by token.
    private readonly Workload[] _mix =
    [
        new() { Plan = AllScenarios.WholeAnswer, Stream = false, Arrivals = new Arrivals.Clients(Clients, time) },
        new() { Plan = AllScenarios.WholeAnswer, Arrivals = new Arrivals.Clients(Clients, time) },
        new() { Plan = AllScenarios.PacedStream, Arrivals = new Arrivals.Clients(Clients, time) },
    ];

    public TimeSpan Time { get; } = time;

    /// <summary>Sends all kinds at once, each from clients that wait for their answer.</summary>
    /// <returns>What came of it.</returns>
    public async Task<RunRecord> RunAsync(IContender contender)
    {
        var record = new RunRecord();
        foreach (var workload in _mix)
        {
            await contender.PrepareAsync(workload.Plan);
        }

        await Task.WhenAll(_mix.Select(async workload =>
        {
            using var load = new LoadRun(contender.Target, workload);
            await load.RunAsync(record);
        }));
        return record;
    }
}
