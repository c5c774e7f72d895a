using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace ModelMesh.ServiceDefaults.Routing;

/// <summary>
/// Weighted rendezvous hashing: every candidate draws -weight / ln(u), u hashed from key and id into (0, 1), and the highest draw wins.
/// A draw depends on nothing but its own id and weight, so a change of one weight moves only keys to or from that candidate.
/// SHA-256 makes the draws the same in every process, whatever its build.
/// Source: Schindelhauer and Schomaker, "Weighted Distributed Hash Tables", 2005.
/// </summary>
public static class WeightedRendezvous
{
    /// <summary>The candidate that a key belongs to. Each weight is at least 1 and there is at least one candidate.</summary>
    public static T Pick<T>(string key, IReadOnlyList<T> candidates, Func<T, string> id, Func<T, int> weight)
    {
        var best = candidates[0];
        var bestDraw = double.NegativeInfinity;
        foreach (var candidate in candidates)
        {
            var draw = Draw(key, id(candidate), weight(candidate));
            if (draw > bestDraw)
            {
                (best, bestDraw) = (candidate, draw);
            }
        }

        return best;
    }

    /// <summary>All candidates: each is what the key belongs to once those before it are gone.</summary>
    public static IEnumerable<T> Order<T>(string key, IReadOnlyList<T> candidates, Func<T, string> id, Func<T, int> weight) =>
        candidates.OrderByDescending(candidate => Draw(key, id(candidate), weight(candidate)));

    private static double Draw(string key, string id, int weight) => -weight / Math.Log(Uniform(key, id));

    private static double Uniform(string key, string id)
    {
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(Encoding.UTF8.GetBytes($"{key}\0{id}"), hash);

        // 53 bits fill a double exactly; the half keeps 0 and 1 out.
        return ((BinaryPrimitives.ReadUInt64LittleEndian(hash) >> 11) + 0.5) / (1UL << 53);
    }
}
