using ModelMesh.Contracts.Catalog;

namespace ModelMesh.ServiceDefaults.Balancing;

/// <summary>The same one for the same hash key, by <see cref="Rendezvous"/>; without a key the one with the fewest in flight.</summary>
internal sealed class ConsistentHash : IBalancer
{
    public string Name => BalancingPolicies.ConsistentHash;

    public int Choose(ReadOnlySpan<BalanceCandidate> candidates, in BalanceRequest request)
    {
        if (string.IsNullOrEmpty(request.HashKey))
        {
            return LeastInFlight.Choose(candidates, request.Roll);
        }

        var hash = StableHash.Of(request.HashKey);
        var best = 0;
        var bestScore = double.NegativeInfinity;
        for (var index = 0; index < candidates.Length; index++)
        {
            var score = Rendezvous.Score(hash, candidates[index].Key, candidates[index].Weight);
            (best, bestScore) = score > bestScore ? (index, score) : (best, bestScore);
        }

        return best;
    }
}
