using ModelMesh.Contracts.Catalog;

namespace ModelMesh.ServiceDefaults.Balancing;

/// <summary>
/// The same one for prompts that begin alike, so that it finds their beginning in its cache, as long as it is not overloaded by it: 1. without a prompt the one with the fewest in
/// flight; 2. of those below their bound the one with the highest <see cref="Rendezvous"/> score. The bound is 1.25 times a candidate's share of what is in flight, this request
/// included, rounded up (Mirrokni, Thorup and Zadimoghaddam, "Consistent Hashing with Bounded Loads", 2016), so there is always one below it.
/// </summary>
internal sealed class PrefixAffinity : IBalancer
{
    private const double LoadFactor = 1.25;

    public string Name => BalancingPolicies.PrefixAffinity;

    public int Choose(ReadOnlySpan<BalanceCandidate> candidates, in BalanceRequest request)
    {
        // 1.
        if (request.PrefixHash == 0)
        {
            return LeastInFlight.Choose(candidates, request.Roll);
        }

        // 2.
        long inFlight = 1;
        long weights = 0;
        foreach (var candidate in candidates)
        {
            inFlight += candidate.InFlight;
            weights += candidate.Weight;
        }

        var best = -1;
        var bestScore = double.NegativeInfinity;
        for (var index = 0; index < candidates.Length; index++)
        {
            var candidate = candidates[index];
            var bound = Math.Ceiling(LoadFactor * inFlight * candidate.Weight / weights);
            if (candidate.InFlight + 1 > bound)
            {
                continue;
            }

            var score = Rendezvous.Score(request.PrefixHash, candidate.Key, candidate.Weight);
            (best, bestScore) = score > bestScore ? (index, score) : (best, bestScore);
        }

        return best >= 0 ? best : LeastInFlight.Choose(candidates, request.Roll);
    }
}
