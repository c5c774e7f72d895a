using ModelMesh.Bench.Compare.Contenders;
using ModelMesh.Bench.Compare.Load;
using ModelMesh.Bench.Compare.Results;

namespace ModelMesh.Bench.Compare.Scenarios;

/// <summary>Streams that have begun and then wait for their next token: what it costs to hold them.</summary>
internal sealed class IdleScenario : IScenario
{
    private const int Streams = 1_000;
    private static readonly TimeSpan Ramp = TimeSpan.FromSeconds(2);

    public ScenarioFacts Facts { get; } = new(
        "idle",
        "1,000 idle streams",
        "1,000 streams get their first token and wait for the second. Measured is the wait alone: processor time and memory; then every stream must still end complete.",
        [Figure.CpuShare, Figure.Memory]) { FocusOnly = true };

    public async IAsyncEnumerable<RunResult> RunAsync(Contest contest, IContender contender, int round)
    {
        var workload = new Workload
        {
            Plan = new TokenPlan(2, GapMs: (int)(contest.Time + (Ramp * 2)).TotalMilliseconds),
            Arrivals = new Arrivals.Once(Streams, Ramp),
        };
        await contender.PrepareAsync(workload.Plan);
        yield return await RunAsync(contest, contender, workload, round);
    }

    private async Task<RunResult> RunAsync(Contest contest, IContender contender, Workload workload, int round)
    {
        using var load = new LoadRun(contender.Target, workload);
        var record = new RunRecord();
        using var brokenOff = new CancellationTokenSource();
        var running = load.RunAsync(record, brokenOff.Token);
        using var deadline = new CancellationTokenSource(Ramp * 2);
        while (record.Begun < Streams && !running.IsCompleted && !deadline.IsCancellationRequested)
        {
            await Task.Delay(TimeSpan.FromMilliseconds(20), TimeProvider.System, CancellationToken.None);
        }

        RunResult idle;
        try
        {
            idle = await contest.MeasureAsync(Facts.Name, contender, round, record, _ => Task.Delay(contest.Time, TimeProvider.System));
        }
        catch
        {
            await brokenOff.CancelAsync();
            throw;
        }
        finally
        {
            await running;
        }

        return idle with { Complete = record.Complete, Errors = record.Errors, Tokens = record.Tokens, Gap = record.Gap.ToLatency(), Total = record.Total.ToLatency() };
    }
}
