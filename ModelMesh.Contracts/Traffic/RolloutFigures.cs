namespace ModelMesh.Contracts.Traffic;

/// <summary>What one version of a rollout did in one of its steps.</summary>
/// <param name="Requests">Those that count: answered or failed, not refused and not left.</param>
/// <param name="Failures">How many of them failed by the version's fault.</param>
/// <param name="TtftP95Ms">The 95th percentile of the time to first token in milliseconds, good to a tenth; null where no request had one.</param>
public sealed record RolloutFigures(long Requests, long Failures, double? TtftP95Ms);
