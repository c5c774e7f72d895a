using ModelMesh.Contracts.Catalog;

namespace ModelMesh.Registry.Leases;

internal sealed class HeldLease(LeaseManager owner, ModelId model, string id, long confirmedAt) : Lease
{
    private readonly CancellationTokenSource _lost = new();
    private long _confirmedAt = confirmedAt;
    private int _disposed;

    public ModelId Model { get; } = model;

    public override string Id { get; } = id;

    public override CancellationToken Lost => _lost.Token;

    /// <summary>A timestamp from before the store last confirmed the slot was asked: the slot is ours for a time to live from then at least.</summary>
    public long ConfirmedAt => Volatile.Read(ref _confirmedAt);

    public void Confirm(long timestamp) => Volatile.Write(ref _confirmedAt, timestamp);

    public void Lose() => _ = _lost.CancelAsync();

    // The source is left to the collector: a loss may be on its way while the stream ends, and without a timer it owns nothing.
    public override async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref _disposed, 1) == 0)
        {
            await owner.ReleaseAsync(this);
        }
    }
}
