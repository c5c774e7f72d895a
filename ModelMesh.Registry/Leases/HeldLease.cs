using ModelMesh.Contracts.Catalog;

namespace ModelMesh.Registry.Leases;

internal sealed class HeldLease(LeaseManager owner, ModelId model, string id, long confirmedAt, string? place, TimeProvider time) : Lease
{
    private const int Early = 0;
    private const int Kept = 1;
    private const int Leaving = 2;

    private static readonly TimeSpan BetweenTries = TimeSpan.FromMilliseconds(50);

    private readonly CancellationTokenSource _lost = new();
    private readonly CancellationTokenSource? _preempted = place is null ? null : new CancellationTokenSource();
    private long _confirmedAt = confirmedAt;
    private int _state = place is null ? Kept : Early;
    private int _disposed;

    public ModelId Model { get; } = model;

    public override string Id { get; } = id;

    public override CancellationToken Lost => _lost.Token;

    public override CancellationToken Preempted => _preempted?.Token ?? CancellationToken.None;

    public override string? Place { get; } = place;

    /// <summary>A timestamp from before the store last confirmed the slot was asked: the slot is ours for a time to live from then at least.</summary>
    public long ConfirmedAt => Volatile.Read(ref _confirmedAt);

    public void Confirm(long timestamp) => Volatile.Write(ref _confirmedAt, timestamp);

    public void Lose() => _ = _lost.CancelAsync();

    /// <summary>Its holder has to make room, unless the slot is its own to the end by now.</summary>
    public void Leave()
    {
        if (Interlocked.CompareExchange(ref _state, Leaving, Early) == Early)
        {
            _ = _preempted!.CancelAsync();
        }
    }

    /// <summary>The store says that its holder need not make room any more.</summary>
    public void Keep() => Interlocked.CompareExchange(ref _state, Kept, Early);

    public override async ValueTask KeepAsync(CancellationToken cancellationToken)
    {
        while (Volatile.Read(ref _state) == Early)
        {
            await owner.KeepAsync(this);
            if (Volatile.Read(ref _state) == Early)
            {
                await Task.Delay(BetweenTries, time, cancellationToken);
            }
        }

        if (Volatile.Read(ref _state) == Leaving)
        {
            await Task.Delay(Timeout.InfiniteTimeSpan, time, cancellationToken);
        }
    }

    // The sources are left to the collector: a loss may be on its way while the stream ends, and without a timer they own nothing.
    public override async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref _disposed, 1) == 0)
        {
            await owner.ReleaseAsync(this);
        }
    }
}
