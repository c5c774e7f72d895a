namespace ModelMesh.Cli.Load;

/// <summary>
/// Counts times in buckets that each end 2 % above the one before, from 1 µs to about an hour, so that any number of them takes the same memory
/// and a percentile is right to 2 %. The longest is kept exactly. For one thread.
/// </summary>
internal sealed class LatencyHistogram
{
    private const double Growth = 1.02;
    private const double SmallestMilliseconds = 0.001;
    private const int Buckets = 1_120;

    private static readonly double LogGrowth = Math.Log(Growth);

    private readonly long[] _counts = new long[Buckets];

    public long Count { get; private set; }

    public double LongestMilliseconds { get; private set; }

    public void Add(TimeSpan time)
    {
        var milliseconds = Math.Max(time.TotalMilliseconds, SmallestMilliseconds);
        _counts[Math.Min((int)(Math.Log(milliseconds / SmallestMilliseconds) / LogGrowth), Buckets - 1)]++;
        Count++;
        LongestMilliseconds = Math.Max(LongestMilliseconds, milliseconds);
    }

    public void Add(LatencyHistogram other)
    {
        for (var bucket = 0; bucket < Buckets; bucket++)
        {
            _counts[bucket] += other._counts[bucket];
        }

        Count += other.Count;
        LongestMilliseconds = Math.Max(LongestMilliseconds, other.LongestMilliseconds);
    }

    /// <param name="share">From 0 to 1.</param>
    /// <returns>In milliseconds; null where nothing was counted.</returns>
    public double? Percentile(double share)
    {
        if (Count == 0)
        {
            return null;
        }

        var rank = Math.Max(1, (long)Math.Ceiling(share * Count));
        var bucket = 0;
        for (var seen = _counts[0]; seen < rank; seen += _counts[bucket])
        {
            bucket++;
        }

        // The middle of the bucket, which no time beyond the longest is in.
        return Math.Min(SmallestMilliseconds * Math.Pow(Growth, bucket + 0.5), LongestMilliseconds);
    }
}
