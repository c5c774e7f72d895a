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

    public abstract ValueTask DisposeAsync();
}
