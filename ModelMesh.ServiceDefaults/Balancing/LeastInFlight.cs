using ModelMesh.Contracts.Catalog;

namespace ModelMesh.ServiceDefaults.Balancing;

/// <summary>The one with the fewest requests in flight for its weight; among equals one by chance, as likely as its weight says.</summary>
internal sealed class LeastInFlight : IBalancer
{
    public string Name => BalancingPolicies.LeastInFlight;

    public int Choose(ReadOnlySpan<BalanceCandidate> candidates, in BalanceRequest request) => Choose(candidates, request.Roll);

    public static int Choose(ReadOnlySpan<BalanceCandidate> candidates, double roll)
    {
        var least = 0;
        long tied = 0;
        for (var index = 0; index < candidates.Length; index++)
        {
            var order = WeightedPlaces.CompareLoad(candidates[index], candidates[least]);
            tied = order switch { < 0 => candidates[index].Weight, 0 => tied + candidates[index].Weight, _ => tied };
            least = order < 0 ? index : least;
        }

        var point = (long)(roll * tied);
        for (var index = least; index < candidates.Length; index++)
        {
            if (WeightedPlaces.CompareLoad(candidates[index], candidates[least]) == 0 && (point -= candidates[index].Weight) < 0)
            {
                return index;
            }
        }

        return least;
    }
}
