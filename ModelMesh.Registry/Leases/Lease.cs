namespace ModelMesh.Registry.Leases;

/// <summary>
/// One held slot. It is renewed in the background until it is disposed. Dispose gives the slot back and waits for the store to confirm;
/// it never throws, for a slot that cannot be given back expires by itself.
/// </summary>
internal abstract class Lease : IAsyncDisposable
{
    public abstract string Id { get; }

    /// <summary>Fires when the slot could not be renewed in time and may belong to someone else: the stream has to end with an error.</summary>
    public abstract CancellationToken Lost { get; }

    /// <summary>Fires when the holder has to make room for a request that goes before it. Never once <see cref="KeepAsync"/> has returned.</summary>
    public virtual CancellationToken Preempted => CancellationToken.None;

    /// <summary>The place in the queue that a holder which had to make room goes back to; null for one that never has to.</summary>
    public virtual string? Place => null;

    /// <summary>
    /// To be called before a token goes out: from then on the holder need not make room. Asks the store, for one that had to until now; while the store is away it waits.
    /// </summary>
    /// <param name="cancellationToken">Has to fire when the slot is lost, and when the holder has to make room.</param>
    /// <exception cref="OperationCanceledException">It fired: no token may go out.</exception>
    public virtual ValueTask KeepAsync(CancellationToken cancellationToken) => ValueTask.CompletedTask;

    public abstract ValueTask DisposeAsync();
}
