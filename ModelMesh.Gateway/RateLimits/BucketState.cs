namespace ModelMesh.Gateway.RateLimits;

/// <summary>What is in a bucket.</summary>
/// <param name="Level">In <see cref="Unit"/>ths; below zero where more was used than there was.</param>
internal readonly record struct BucketState(LimitBucket Bucket, long Level)
{
    /// <summary>Milliseconds of a minute: a bucket of N a minute gets exactly N of these parts each millisecond.</summary>
    public const long Unit = 60_000;

    /// <summary>Whole requests or tokens.</summary>
    public long Remaining => Math.Max(0, Level / Unit);

    public TimeSpan UntilFull => Until(Bucket.PerMinute * Unit);

    /// <summary>Until something may be taken: zero where it may be now.</summary>
    public TimeSpan UntilOne => Until(Unit);

    // Rounded up: who waits that long finds it there.
    private TimeSpan Until(long level) => Level >= level ? TimeSpan.Zero : TimeSpan.FromMilliseconds((level - Level + Bucket.PerMinute - 1) / Bucket.PerMinute);
}
