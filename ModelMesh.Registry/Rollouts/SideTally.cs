using ModelMesh.Contracts.Traffic;
using ModelMesh.ServiceDefaults.Figures;

namespace ModelMesh.Registry.Rollouts;

/// <summary>What one version did in one step. Immutable.</summary>
/// <param name="Requests">Those that count.</param>
/// <param name="Failures">How many of them failed.</param>
/// <param name="FirstTokens">How many of them had a first token.</param>
/// <param name="Slow">How many first tokens came later than the rollout allows, exactly; 0 where it allows any time.</param>
/// <param name="Buckets">How many first tokens fell in each of <see cref="FirstTokenBuckets"/>.</param>
internal sealed record SideTally(long Requests, long Failures, long FirstTokens, long Slow, IReadOnlyList<long> Buckets)
{
    public static SideTally None { get; } = new(0, 0, 0, 0, new long[FirstTokenBuckets.Count]);

    /// <summary>From 0 to 1; 0 without requests.</summary>
    public double ErrorRate => Requests == 0 ? 0 : (double)Failures / Requests;

    public RolloutFigures Figures => new(Requests, Failures, FirstTokenBuckets.Quantile(Buckets, 0.95) is { } p95 ? Math.Round(p95, 1) : null);

    /// <summary>What came after an earlier tally of the same step.</summary>
    public SideTally Since(SideTally earlier) => new(
        Requests - earlier.Requests,
        Failures - earlier.Failures,
        FirstTokens - earlier.FirstTokens,
        Slow - earlier.Slow,
        [.. Buckets.Zip(earlier.Buckets, (now, before) => now - before)]);
}

/// <summary>What both versions did in one step.</summary>
internal sealed record StepTally(SideTally From, SideTally To)
{
    public static StepTally None { get; } = new(SideTally.None, SideTally.None);

    public StepTally Since(StepTally earlier) => new(From.Since(earlier.From), To.Since(earlier.To));
}
