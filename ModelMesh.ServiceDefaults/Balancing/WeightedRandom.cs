using ModelMesh.Contracts.Catalog;

namespace ModelMesh.ServiceDefaults.Balancing;

/// <summary>One by chance, as likely as its weight says.</summary>
internal sealed class WeightedRandom : IBalancer
{
    public string Name => BalancingPolicies.WeightedRandom;

    public int Choose(ReadOnlySpan<BalanceCandidate> candidates, in BalanceRequest request) => candidates.AtRoll(request.Roll);
}
