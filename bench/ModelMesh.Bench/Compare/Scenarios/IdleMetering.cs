using System.Diagnostics;
using ModelMesh.Bench.Compare.Contenders;
using ModelMesh.Bench.Compare.Processes;
using ModelMesh.Bench.Compare.Results;

namespace ModelMesh.Bench.Compare.Scenarios;

/// <summary>Measures a contender that nobody asks, once it has done what it was told before.</summary>
internal static class IdleMetering
{
    // Long enough to hold a few rounds of what is done by the clock.
    private static readonly TimeSpan Look = TimeSpan.FromSeconds(5);

    /// <summary>Waits until the contender has settled, at most <see cref="IdleUse.PatienceSeconds"/>, and then measures for as long as a run sends.</summary>
    public static async Task<IdleUse> TakeAsync(Contest contest, IContender contender)
    {
        var settled = await Settling.AwaitAsync(
            async () =>
            {
                var look = await MeterAsync(contest, contender, Look);
                return look.Processes.Where(process => process.UnderTest).Sum(process => process.CpuSeconds) * 100 / look.Seconds;
            },
            TimeProvider.System);

        // As before a run: the generator's own rubbish belongs to neither.
        GC.Collect();
        return await MeterAsync(contest, contender, contest.Time) with { Settled = settled };
    }

    private static async Task<IdleUse> MeterAsync(Contest contest, IContender contender, TimeSpan length)
    {
        using var meter = new UseMeter([.. contender.Programs, contest.Bed.Upstream]);
        var start = Stopwatch.GetTimestamp();
        await Task.Delay(length, TimeProvider.System);
        var seconds = Stopwatch.GetElapsedTime(start).TotalSeconds;
        return new(seconds, await meter.EndAsync(), Settled: false);
    }
}
