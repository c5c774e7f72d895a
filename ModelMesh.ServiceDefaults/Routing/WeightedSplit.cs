namespace ModelMesh.ServiceDefaults.Routing;

public static class WeightedSplit
{
    /// <summary>The candidate that a roll in [0, 1) falls on, each taking its weight's share. Each weight is at least 1 and there is at least one candidate.</summary>
    public static T Pick<T>(double roll, IReadOnlyList<T> candidates, Func<T, int> weight)
    {
        var left = roll * candidates.Sum(candidate => (double)weight(candidate));
        foreach (var candidate in candidates)
        {
            left -= weight(candidate);
            if (left < 0)
            {
                return candidate;
            }
        }

        return candidates[^1];
    }
}
