namespace ModelMesh.Gateway.RateLimits;

/// <summary>What becomes of requests under a limit that cannot be asked.</summary>
internal enum UncountedRequests
{
    /// <summary>They are answered with <c>store_unavailable</c>.</summary>
    Refuse,

    /// <summary>They go on, and count nowhere.</summary>
    Allow,
}
