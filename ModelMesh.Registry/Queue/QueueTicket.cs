using ModelMesh.Contracts.Catalog;
using ModelMesh.ServiceDefaults.Store;

namespace ModelMesh.Registry.Queue;

/// <summary>
/// One request's place in the queue of a model version. The request asks for a slot with it and waits; others, on any thread, tell it its place and when to ask
/// again.
/// </summary>
internal sealed class QueueTicket(string id, ModelId model, int priority, TimeProvider time, bool canBePreempted = false, string? place = null)
{
    private readonly WakeSignal _changed = new(time);
    private volatile QueuePosition? _position;
    private volatile string? _score = place;
    private volatile bool _mayGo;
    private volatile bool _mustLeave;

    /// <summary>Unique over all processes; also the id of the lease that it ends with.</summary>
    public string Id { get; } = id;

    public ModelId Model { get; } = model;

    /// <summary>From -100 to 100; the higher goes first.</summary>
    public int Priority { get; } = priority;

    /// <summary>How many may wait, by the revision that the request is about to serve.</summary>
    public int MaxQueue { get; private set; }

    /// <summary>Whether one that holds a slot makes room for it.</summary>
    public bool MayPreempt => MaxQueue > 0 && Priority >= 0;

    /// <summary>Whether it makes room itself, as long as no token has gone out.</summary>
    public bool CanBePreempted => MaxQueue > 0 && Priority < 0 && canBePreempted;

    /// <summary>Whether it was told to make room, while it may not even know that it has a slot.</summary>
    public bool MustLeave => _mustLeave;

    /// <summary>Its place as the store has it; null while it has none.</summary>
    public string? Score => _score;

    /// <summary>Where it was last seen; null while it has no place.</summary>
    public QueuePosition? Position => _position;

    /// <summary>Whether the store is to be asked again: its turn may have come, or its place is gone.</summary>
    public bool MayGo => _mayGo;

    /// <summary>It is about to ask: a wake-up from now on is not lost, whenever the answer comes.</summary>
    public void Ask(int maxQueue)
    {
        MaxQueue = maxQueue;
        _mayGo = false;
    }

    public void Queued(string score, int position, TimeSpan? expectedWait)
    {
        _position = new QueuePosition(position, expectedWait);
        _score = score;
    }

    /// <summary>It holds a slot and waits no more.</summary>
    public void Granted() => _score = null;

    /// <summary>Another has its place.</summary>
    public void Gone() => _score = null;

    public void Moved(int position, TimeSpan? expectedWait)
    {
        if (_position?.Position != position)
        {
            _position = new QueuePosition(position, expectedWait);
            _changed.Set();
        }
    }

    public void Preempt() => _mustLeave = true;

    public void Wake()
    {
        _mayGo = true;
        _changed.Set();
    }

    /// <summary>Returns when it has moved or may go, or after the time.</summary>
    public Task WaitAsync(TimeSpan atMost, CancellationToken cancellationToken) => _changed.WaitAsync(atMost, cancellationToken);
}

/// <param name="Position">1 is the next.</param>
/// <param name="ExpectedWait">Null when nothing is known.</param>
internal sealed record QueuePosition(int Position, TimeSpan? ExpectedWait);
