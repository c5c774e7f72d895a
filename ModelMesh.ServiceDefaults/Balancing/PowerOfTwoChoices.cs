using ModelMesh.Contracts.Catalog;

namespace ModelMesh.ServiceDefaults.Balancing;

/// <summary>Two by chance, as likely as their weights say, and of those the one with fewer requests in flight for its weight.</summary>
internal sealed class PowerOfTwoChoices : IBalancer
{
    public string Name => BalancingPolicies.PowerOfTwoChoices;

    public int Choose(ReadOnlySpan<BalanceCandidate> candidates, in BalanceRequest request)
    {
        var first = candidates.AtRoll(request.Roll);
        if (candidates.Length == 1)
        {
            return first;
        }

        var second = candidates.AtRoll(request.SecondRoll, without: first);
        return WeightedPlaces.CompareLoad(candidates[second], candidates[first]) < 0 ? second : first;
    }
}
