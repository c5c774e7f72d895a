using ModelMesh.Contracts.Traffic;

namespace ModelMesh.Registry.Rollouts;

/// <summary>What two versions get of what goes to both of them, in percent, to a tenth.</summary>
/// <param name="From">The old version's part.</param>
/// <param name="To">The target's part.</param>
internal sealed record TrafficShares(double From, double To)
{
    /// <summary>Those that a rollout stands at, by weights, which may be too small for a step's percent: its step's while it runs, all at its end, those before it otherwise.</summary>
    public static TrafficShares Of(Rollout rollout) => rollout switch
    {
        { Status: RolloutStatuses.Completed } => new TrafficShares(0, 100),
        { IsActive: true, Step: >= 0 } => Of(TrafficSplit.Weights(rollout.TotalWeight, rollout.Steps[rollout.Step])),
        _ => Of(new TrafficSplit(rollout.FromWeight, rollout.ToWeight)),
    };

    private static TrafficShares Of(TrafficSplit weights)
    {
        var total = weights.From + weights.To;
        return total == 0 ? new TrafficShares(0, 0) : new TrafficShares(Percent(weights.From, total), Percent(weights.To, total));
    }

    private static double Percent(int weight, int total) => Math.Round(100.0 * weight / total, 1, MidpointRounding.AwayFromZero);
}
