using ModelMesh.Contracts.Catalog;

namespace ModelMesh.Registry.Leases;

/// <summary>The concurrency limit of every model, exact over all replicas. Thread-safe.</summary>
internal interface ILeases
{
    /// <summary>
    /// Asks for a slot of a model, in one round trip. Not cancellable half-way: whoever stops waiting must still dispose a lease that comes.
    /// </summary>
    /// <param name="id">The model version.</param>
    /// <param name="servedRevision">The revision the caller is about to serve.</param>
    /// <exception cref="Contracts.Errors.MeshException"><c>store_unavailable</c>, at once when the store is known to be away.</exception>
    Task<LeaseAnswer> AcquireAsync(ModelId id, long servedRevision);
}

/// <summary>What admission said.</summary>
internal abstract record LeaseAnswer
{
    /// <summary>A slot is held until the lease is disposed or lost.</summary>
    internal sealed record Granted(Lease Lease) : LeaseAnswer;

    /// <summary>All slots are taken.</summary>
    internal sealed record AtCapacity(int Active, int MaxConcurrency) : LeaseAnswer;

    /// <summary>The catalog has a newer revision than the caller serves: refresh and ask again.</summary>
    internal sealed record Stale(long Revision) : LeaseAnswer;

    /// <summary>The model is draining or deleted: refresh to learn which, and refuse.</summary>
    internal sealed record Closed : LeaseAnswer;

    /// <summary>No gate exists: the model is being registered, or its gate was lost. Refresh, then have the gate restored.</summary>
    internal sealed record NoGate : LeaseAnswer;
}
