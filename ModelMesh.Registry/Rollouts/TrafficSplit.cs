using ModelMesh.Contracts.Traffic;

namespace ModelMesh.Registry.Rollouts;

/// <summary>How two versions share what goes to both of them.</summary>
/// <param name="From">The old version's part.</param>
/// <param name="To">The target's part.</param>
internal sealed record TrafficSplit(int From, int To)
{
    private const int OnItsOwn = 100;

    /// <summary>The weights at a share of the target's.</summary>
    /// <param name="total">What both add up to.</param>
    /// <param name="percent">From 1 to 100.</param>
    public static TrafficSplit Weights(int total, int percent)
    {
        var to = (int)Math.Round((double)total * percent / 100, MidpointRounding.AwayFromZero);
        return new TrafficSplit(total - to, to);
    }

    /// <summary>
    /// What both are to add up to: what they did before, so that other versions keep their part; 100 where that is nothing. Too little to be divided by percents is
    /// raised to 100 where no other version has a part; null where one has.
    /// </summary>
    public static int? Total(int fromWeight, int toWeight, bool othersHaveWeight) => (fromWeight + toWeight) switch
    {
        0 => OnItsOwn,
        >= OnItsOwn and var sum => sum,
        _ => othersHaveWeight ? null : OnItsOwn,
    };

    /// <summary>The shares in percent that a rollout stands at: its step's while it runs, all at its end, those before it otherwise.</summary>
    public static TrafficSplit Shares(Rollout rollout)
    {
        if (rollout.Status is RolloutStatuses.Completed)
        {
            return new TrafficSplit(0, 100);
        }

        if (rollout.IsActive && rollout.Step >= 0)
        {
            return new TrafficSplit(100 - rollout.Steps[rollout.Step], rollout.Steps[rollout.Step]);
        }

        var sum = rollout.FromWeight + rollout.ToWeight;
        var to = sum == 0 ? 0 : (int)Math.Round(100.0 * rollout.ToWeight / sum, MidpointRounding.AwayFromZero);
        return new TrafficSplit(sum == 0 ? 0 : 100 - to, to);
    }
}
