namespace ModelMesh.ServiceDefaults.Balancing;

/// <summary>
/// Weighted rendezvous hashing: each place has a score for a key, and the highest one has it. A place that comes, goes or changes its weight moves only the keys that it
/// wins or loses. The score is <c>-weight / ln(h)</c> with h even between 0 and 1 (Schindelhauer and Schomaker, 2005): then each wins a share of the keys as large as its weight.
/// </summary>
public static class Rendezvous
{
    /// <param name="keyHash">The key's <see cref="StableHash"/>.</param>
    /// <param name="place">What the place is known by, the same in every process.</param>
    /// <param name="weight">At least 0; one of 0 has the lowest score there is.</param>
    public static double Score(ulong keyHash, ReadOnlySpan<char> place, int weight)
    {
        // 53 bits are what a double holds exactly; half a step up keeps the logarithm off 0 and 1.
        var even = ((StableHash.Mix(keyHash ^ StableHash.Of(place)) >> 11) + 0.5) / (1UL << 53);
        return weight / -Math.Log(even);
    }
}
