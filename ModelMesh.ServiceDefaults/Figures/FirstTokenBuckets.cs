namespace ModelMesh.ServiceDefaults.Figures;

/// <summary>
/// Times to first token in buckets that grow by a fifth: bucket 0 ends at 1 ms, bucket k at 2^(k/4) ms, and the last one, from a quarter of an hour on, does not end.
/// </summary>
public static class FirstTokenBuckets
{
    private const int BucketsAnOctave = 4;

    /// <summary>How many buckets there are.</summary>
    public const int Count = 81;

    /// <summary>The bucket that a time falls in, from 0 to one less than <see cref="Count"/>.</summary>
    public static int Of(TimeSpan time) =>
        time.TotalMilliseconds <= 1 ? 0 : Math.Min(Count - 1, (int)Math.Ceiling(BucketsAnOctave * Math.Log2(time.TotalMilliseconds)));

    /// <summary>The time in milliseconds that a part of all requests stayed within, evenly spread inside its bucket; null where there are none.</summary>
    /// <param name="buckets">How many requests fell in each.</param>
    /// <param name="part">From 0 to 1.</param>
    public static double? Quantile(IReadOnlyList<long> buckets, double part)
    {
        ArgumentNullException.ThrowIfNull(buckets);
        var wanted = buckets.Sum() * part;
        if (wanted <= 0)
        {
            return null;
        }

        var below = 0L;
        var bucket = 0;
        while (below + buckets[bucket] < wanted)
        {
            below += buckets[bucket++];
        }

        var (from, to) = (bucket == 0 ? 0 : End(bucket - 1), End(bucket));
        return from + ((to - from) * ((wanted - below) / buckets[bucket]));
    }

    private static double End(int bucket) => Math.Pow(2, (double)bucket / BucketsAnOctave);
}
