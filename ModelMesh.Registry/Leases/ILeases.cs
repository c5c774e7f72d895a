using ModelMesh.Contracts.Catalog;
using ModelMesh.Registry.Queue;

namespace ModelMesh.Registry.Leases;

/// <summary>The concurrency limit of every model, exact over all replicas. Thread-safe.</summary>
internal interface ILeases
{
    /// <summary>
    /// Asks for a slot of a model, in one round trip. Not cancellable half-way: whoever stops waiting must still dispose a lease that comes.
    /// </summary>
    /// <param name="id">The model version.</param>
    /// <param name="servedRevision">The revision the caller is about to serve.</param>
    /// <param name="ticket">The caller's place in the queue, which it gets where no slot is free. Null: it does not wait, and goes behind all who do.</param>
    /// <exception cref="Contracts.Errors.MeshException"><c>store_unavailable</c>, at once when the store is known to be away.</exception>
    Task<LeaseAnswer> AcquireAsync(ModelId id, long servedRevision, QueueTicket? ticket = null);
}

/// <summary>What admission said.</summary>
internal abstract record LeaseAnswer
{
    /// <summary>A slot is held until the lease is disposed or lost.</summary>
    internal sealed record Granted(Lease Lease) : LeaseAnswer;

    /// <summary>All slots are taken, and there is no place in the queue.</summary>
    internal sealed record AtCapacity(int Active, int MaxConcurrency) : LeaseAnswer
    {
        /// <summary>How many wait.</summary>
        public int Queued { get; init; }

        /// <summary>How long a request behind all of them would wait; null when nothing is known.</summary>
        public TimeSpan? ExpectedWait { get; init; }
    }

    /// <summary>All slots are taken or belong to others first; the ticket has its place and is told when to ask again.</summary>
    internal sealed record Waiting : LeaseAnswer;

    /// <summary>A request of a higher priority took the ticket's place in a full queue.</summary>
    /// <param name="Queued">How many wait.</param>
    /// <param name="ExpectedWait">How long a request behind all of them would wait; null when nothing is known.</param>
    internal sealed record Evicted(int Queued, TimeSpan? ExpectedWait) : LeaseAnswer;

    /// <summary>The catalog has a newer revision than the caller serves: refresh and ask again.</summary>
    internal sealed record Stale(long Revision) : LeaseAnswer;

    /// <summary>The model is draining or deleted: refresh to learn which, and refuse.</summary>
    internal sealed record Closed : LeaseAnswer;

    /// <summary>No gate exists: the model is being registered, or its gate was lost. Refresh, then have the gate restored.</summary>
    internal sealed record NoGate : LeaseAnswer;
}
