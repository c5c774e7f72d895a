using ModelMesh.ServiceDefaults.Balancing;

namespace ModelMesh.ServiceDefaults.Routing;

/// <summary>Which of several a key belongs to, by their weights: the one with the highest <see cref="Rendezvous"/> score. A change of one weight moves only keys to or from that one.</summary>
public static class WeightedRendezvous
{
    /// <summary>The candidate that a key belongs to. Each weight is at least 1 and there is at least one candidate.</summary>
    public static T Pick<T>(string key, IReadOnlyList<T> candidates, Func<T, string> id, Func<T, int> weight)
    {
        var hash = StableHash.Of(key);
        return candidates.MaxBy(candidate => Rendezvous.Score(hash, id(candidate), weight(candidate)))!;
    }

    /// <summary>All candidates: each is what the key belongs to once those before it are gone.</summary>
    public static IEnumerable<T> Order<T>(string key, IReadOnlyList<T> candidates, Func<T, string> id, Func<T, int> weight)
    {
        var hash = StableHash.Of(key);
        return candidates.OrderByDescending(candidate => Rendezvous.Score(hash, id(candidate), weight(candidate)));
    }
}
