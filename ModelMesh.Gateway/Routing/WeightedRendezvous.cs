using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using ModelMesh.Contracts.Catalog;

namespace ModelMesh.Gateway.Routing;

/// <summary>
/// Weighted rendezvous hashing: every candidate draws -weight / ln(u), u hashed from key and version into (0, 1), and the highest draw wins.
/// A draw depends on nothing but its own version and weight, so a change of one weight moves only keys to or from that version.
/// SHA-256 makes the draws the same in every gateway, whatever its build.
/// Source: Schindelhauer and Schomaker, "Weighted Distributed Hash Tables", 2005.
/// </summary>
internal static class WeightedRendezvous
{
    /// <summary>The candidate that a key belongs to. Each weight is at least 1 and there is at least one candidate.</summary>
    public static ModelVersion Pick(string key, IReadOnlyList<ModelVersion> candidates)
    {
        var best = candidates[0];
        var bestDraw = double.NegativeInfinity;
        foreach (var candidate in candidates)
        {
            var draw = -candidate.Weight / Math.Log(Uniform(key, candidate.Version));
            if (draw > bestDraw)
            {
                (best, bestDraw) = (candidate, draw);
            }
        }

        return best;
    }

    private static double Uniform(string key, string version)
    {
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(Encoding.UTF8.GetBytes($"{key}\0{version}"), hash);

        // 53 bits fill a double exactly; the half keeps 0 and 1 out.
        return ((BinaryPrimitives.ReadUInt64LittleEndian(hash) >> 11) + 0.5) / (1UL << 53);
    }
}
