using ModelMesh.Contracts.Catalog;

namespace ModelMesh.Gateway.Routing;

internal static class WeightedSplit
{
    /// <summary>The candidate that a roll in [0, 1) falls on, each taking its weight's share. Each weight is at least 1 and there is at least one candidate.</summary>
    public static ModelVersion Pick(double roll, IReadOnlyList<ModelVersion> candidates)
    {
        var left = roll * candidates.Sum(candidate => (double)candidate.Weight);
        foreach (var candidate in candidates)
        {
            left -= candidate.Weight;
            if (left < 0)
            {
                return candidate;
            }
        }

        return candidates[^1];
    }
}
