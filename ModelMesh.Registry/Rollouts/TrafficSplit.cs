namespace ModelMesh.Registry.Rollouts;

/// <summary>How two versions share what goes to both of them, by their weights.</summary>
/// <param name="From">The old version's weight.</param>
/// <param name="To">The target's.</param>
internal sealed record TrafficSplit(int From, int To)
{
    private const int OnItsOwn = 100;
    private const int MostWeight = 1_000_000;

    /// <summary>The weights nearest to a share of the target's; below 100 % both get some, as far as there are two to share.</summary>
    /// <param name="total">What both add up to.</param>
    /// <param name="percent">From 1 to 100.</param>
    public static TrafficSplit Weights(int total, int percent)
    {
        var nearest = (int)Math.Round((double)total * percent / 100, MidpointRounding.AwayFromZero);
        var to = percent == 100 ? total : Math.Max(1, Math.Min(nearest, total - 1));
        return new TrafficSplit(total - to, to);
    }

    /// <summary>
    /// What both are to add up to: what they did before, so that other versions keep their part; 100 where that is nothing. Where no other version has a part it is at
    /// least 100, so that it can be divided by percents, and at most what one version may have in the end; null where one has, and it is more than that.
    /// </summary>
    public static int? Total(int fromWeight, int toWeight, bool othersHaveWeight) => (fromWeight + toWeight, othersHaveWeight) switch
    {
        (0, _) => OnItsOwn,
        ( > MostWeight, true) => null,
        (var sum, true) => sum,
        (var sum, false) => Math.Clamp(sum, OnItsOwn, MostWeight),
    };
}
