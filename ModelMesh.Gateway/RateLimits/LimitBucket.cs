using ModelMesh.Contracts.Traffic;

namespace ModelMesh.Gateway.RateLimits;

/// <summary>One token bucket: what a limit counts of one kind, for the callers that share it. It is full at a minute's worth, and refilled all the time.</summary>
/// <param name="Caller">Of a limit for each caller on its own whose bucket it is, empty for those without a name; null for one that callers share.</param>
internal sealed record LimitBucket(RateLimit Limit, BucketKind Kind, string? Caller)
{
    // The store counts in numbers that are whole up to 2^53. More than this nobody uses in a minute.
    private const long MostPerMinute = 100_000_000_000;

    public string KindName => Kind == BucketKind.Requests ? "requests" : "tokens";

    public long PerMinute { get; } = Math.Min(Kind == BucketKind.Requests ? Limit.RequestsPerMinute ?? MostPerMinute : Limit.TokensPerMinute ?? MostPerMinute, MostPerMinute);
}
