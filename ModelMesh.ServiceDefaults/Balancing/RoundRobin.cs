using ModelMesh.Contracts.Catalog;

namespace ModelMesh.ServiceDefaults.Balancing;

/// <summary>
/// Each in its turn, as often as its weight says. A round has as many places as the weights add up to, divided by what they have in common; turns walk over them in
/// steps of about 0.618 of a round that share no divisor with it, so each place comes once a round, and no candidate has its turns all in a row.
/// </summary>
internal sealed class RoundRobin : IBalancer
{
    private const double GoldenSection = 0.6180339887498949;

    public string Name => BalancingPolicies.RoundRobin;

    public int Choose(ReadOnlySpan<BalanceCandidate> candidates, in BalanceRequest request)
    {
        long common = 0;
        long total = 0;
        foreach (var candidate in candidates)
        {
            common = Common(candidate.Weight, common);
            total += candidate.Weight;
        }

        var round = total / common;
        return candidates.AtWeight(request.Turn % round * Stride(round) % round * common);
    }

    private static long Stride(long round)
    {
        var stride = Math.Max(1, (long)(round * GoldenSection));
        while (Common(stride, round) != 1)
        {
            stride++;
        }

        return stride;
    }

    private static long Common(long left, long right)
    {
        while (right != 0)
        {
            (left, right) = (right, left % right);
        }

        return left;
    }
}
