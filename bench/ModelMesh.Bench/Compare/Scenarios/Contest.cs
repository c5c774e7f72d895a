using System.Diagnostics;
using ModelMesh.Bench.Compare.Contenders;
using ModelMesh.Bench.Compare.Load;
using ModelMesh.Bench.Compare.Processes;
using ModelMesh.Bench.Compare.Results;

namespace ModelMesh.Bench.Compare.Scenarios;

/// <summary>What scenarios are run with: the upstream, the contenders that are there, and how to measure one of them.</summary>
/// <param name="Time">How long a measured run sends, where the scenario does not say otherwise.</param>
internal sealed record Contest(TestBed Bed, IReadOnlyList<IContender> Contenders, TimeSpan Time)
{
    /// <summary>Who has its turn when: what slowly changes on the machine falls on the first and the last alike over two rounds.</summary>
    public IEnumerable<IContender> InTurn(int round) => round % 2 == 1 ? Contenders : Contenders.Reverse();

    /// <summary>Sends a workload to a contender and measures everything about it.</summary>
    public async Task<RunResult> MeasureAsync(string scenario, IContender contender, int round, Workload workload, LoadConnections? connections = null, Target? target = null, int variant = 0)
    {
        using var load = new LoadRun(target ?? contender.Target, workload, connections);
        var run = await MeasureAsync(scenario, contender, round, new RunRecord(), record => load.RunAsync(record), variant);

        // A client that waits for its answer sends nothing meanwhile, so what it waited says nothing of those that would have come.
        return workload.Arrivals is Arrivals.Clients ? run with { FirstToken = Latency.None, Total = Latency.None } : run;
    }

    /// <summary>Measures a contender while something is done.</summary>
    public async Task<RunResult> MeasureAsync(string scenario, IContender contender, int round, RunRecord record, Func<RunRecord, Task> work, int variant = 0)
    {
        // The generator's own rubbish of the last run shall not be swept up in this one.
        GC.Collect();
        var storeBefore = contender is Mesh before ? await before.Admin.StoreUseAsync() : default;
        using var meter = new UseMeter([.. contender.Programs, Bed.Upstream]);
        var (start, processors) = (Stopwatch.GetTimestamp(), ProcessorTime.Now());
        await work(record);
        var seconds = Stopwatch.GetElapsedTime(start).TotalSeconds;
        var stolen = ProcessorTime.Now().StolenPercentSince(processors);
        var processes = await meter.EndAsync();
        var store = contender is Mesh after ? await after.Admin.StoreUseAsync() - storeBefore : default;
        return new RunResult
        {
            Scenario = scenario,
            Contender = contender.Name,
            Round = round,
            Variant = variant,
            Seconds = seconds,
            Requests = record.Requests,
            Complete = record.Complete,
            Errors = record.Errors,
            Tokens = record.Tokens,
            FirstToken = record.FirstToken.ToLatency(),
            Gap = record.Gap.ToLatency(),
            Late = record.Late.ToLatency() with { Curve = [] },
            Total = record.Total.ToLatency(),
            Processes = processes,
            StoreCalls = contender is Mesh ? store.Calls : null,
            StoreSeconds = store.Seconds,
            StolenPercent = Math.Round(stolen, 1),
        };
    }

    /// <summary>Sends a little of a workload, so that code is compiled and, where they are kept, connections are open.</summary>
    public static async Task WarmUpAsync(IContender contender, Workload workload, LoadConnections? connections = null, Target? target = null)
    {
        await contender.PrepareAsync(workload.Plan);
        using var load = new LoadRun(target ?? contender.Target, workload, connections);
        await load.RunAsync(new RunRecord());
    }
}
