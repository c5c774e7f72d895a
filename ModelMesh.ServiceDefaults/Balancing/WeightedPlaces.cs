namespace ModelMesh.ServiceDefaults.Balancing;

/// <summary>Candidates as stretches of a line, each as long as its weight.</summary>
internal static class WeightedPlaces
{
    /// <summary>Whose stretch holds a point of the line.</summary>
    /// <param name="candidates">At least one.</param>
    /// <param name="point">From 0 to below the sum of the weights.</param>
    public static int AtWeight(this ReadOnlySpan<BalanceCandidate> candidates, long point)
    {
        var index = 0;
        while (index < candidates.Length - 1 && point >= candidates[index].Weight)
        {
            point -= candidates[index++].Weight;
        }

        return index;
    }

    /// <summary>Whose stretch a roll falls on.</summary>
    /// <param name="candidates">At least one.</param>
    /// <param name="roll">At least 0 and below 1.</param>
    /// <param name="without">An index that takes no part; -1 for none.</param>
    public static int AtRoll(this ReadOnlySpan<BalanceCandidate> candidates, double roll, int without = -1)
    {
        long total = 0;
        for (var index = 0; index < candidates.Length; index++)
        {
            total += index == without ? 0 : candidates[index].Weight;
        }

        var point = (long)(roll * total);
        return candidates.AtWeight(without >= 0 && point >= Before(candidates, without) ? point + candidates[without].Weight : point);
    }

    /// <summary>Whether the left one is the less loaded for its weight: below 0; as loaded: 0.</summary>
    public static int CompareLoad(in BalanceCandidate left, in BalanceCandidate right) =>
        ((long)left.InFlight * right.Weight).CompareTo((long)right.InFlight * left.Weight);

    private static long Before(ReadOnlySpan<BalanceCandidate> candidates, int end)
    {
        long sum = 0;
        for (var index = 0; index < end; index++)
        {
            sum += candidates[index].Weight;
        }

        return sum;
    }
}
