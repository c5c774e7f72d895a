using ModelMesh.Contracts.Traffic;
using ModelMesh.Registry.Rollouts;
using ModelMesh.ServiceDefaults.Figures;

namespace ModelMesh.Registry.Tests.Rollouts;

/// <summary>A rollout of <c>chat</c> from v1 to v2, and what it is judged on.</summary>
internal static class Sample
{
    public static DateTimeOffset Begun { get; } = new(2026, 11, 21, 12, 0, 0, TimeSpan.Zero);

    public static Rollout Rollout(string strategy = RolloutStrategies.Canary, int step = 0, string status = RolloutStatuses.Running) => new()
    {
        Model = "chat",
        RequestId = "r1",
        From = "v1",
        To = "v2",
        Strategy = strategy,
        Steps = strategy is RolloutStrategies.BlueGreen ? [100] : [10, 50, 100],
        StepDurationMs = 10_000,
        StepTimeoutMs = 60_000,
        MaxErrorRate = 0.1,
        MaxTtftP95Ms = 500,
        MinRequests = 20,
        DrainTimeoutMs = 30_000,
        Status = step < 0 && status is RolloutStatuses.Running ? RolloutStatuses.Pending : status,
        Step = step,
        StepStart = step < 0 ? null : Begun,
        FromWeight = 70,
        ToWeight = 0,
        TotalWeight = 100,
        Message = "as before",
        CreatedAt = Begun,
    };

    public static SideTally Side(long requests, long failures = 0, long slow = 0)
    {
        var buckets = new long[FirstTokenBuckets.Count];
        buckets[FirstTokenBuckets.Of(TimeSpan.FromMilliseconds(100))] = requests - failures - slow;
        buckets[FirstTokenBuckets.Of(TimeSpan.FromMilliseconds(900))] = slow;
        return new SideTally(requests, failures, requests - failures, slow, buckets);
    }

    public static RolloutEvidence Evidence(
        double seconds = 1, SideTally? to = null, SideTally? from = null, StepTally? recent = null, TargetState target = TargetState.Ready, bool hasSource = true, int active = 0)
    {
        var step = new StepTally(from ?? SideTally.None, to ?? SideTally.None);
        return new RolloutEvidence(Begun.AddSeconds(seconds), new TargetReadiness(target, target is TargetState.Ready ? null : "so it says"), hasSource, step, recent ?? step, active);
    }
}
