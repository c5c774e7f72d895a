namespace ModelMesh.Gateway.RateLimits;

/// <summary>The buckets that all gateways share. A bucket that nothing was taken of is full. Thread-safe.</summary>
internal interface IRateLimiter
{
    /// <summary>
    /// Takes of all of the buckets, where each of them holds at least one whole request or token, else of none. What is taken may be more than there is; nothing is granted then
    /// until it has been refilled. Not cancellable half-way.
    /// </summary>
    /// <exception cref="Contracts.Errors.MeshException"><c>store_unavailable</c>, at once when the store is known to be away.</exception>
    Task<TakeAnswer> TakeAsync(IReadOnlyList<BucketDemand> demands);

    /// <summary>
    /// Takes of the buckets whatever is in them. What this gateway asks afterwards is answered with that counted, though nobody waits for it here; while the store is away it is lost.
    /// </summary>
    void Settle(IReadOnlyList<BucketDemand> demands);
}
