namespace ModelMesh.Gateway.RateLimits;

/// <summary>How rate limits hold (section <c>RateLimits</c>). The limits themselves are in the catalog.</summary>
internal sealed class RateLimitOptions
{
    /// <summary>
    /// <c>Refuse</c> or <c>Allow</c>: what becomes of a request under a limit while the store is away. A registry takes none then either, unless it has its store back before the gateway has.
    /// </summary>
    public UncountedRequests WhenStoreIsAway { get; set; } = UncountedRequests.Refuse;
}
