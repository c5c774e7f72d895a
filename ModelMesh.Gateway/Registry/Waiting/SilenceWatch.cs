namespace ModelMesh.Gateway.Registry.Waiting;

/// <summary>
/// Ends a call whose peer has been silent for too long. One timer a call and none a message: it looks, when the bound may have passed, at how long the read that is under
/// way has waited. The call says when a read begins and what its bound is; the timer only reads.
/// </summary>
internal sealed class SilenceWatch : IDisposable
{
    private readonly TimeProvider _time;
    private readonly Action _silent;
    private readonly ITimer _timer;
    private Task _reading = Task.CompletedTask;
    private long _since;
    private TimeSpan _bound;
    private bool _expired;

    /// <param name="silent">Ends the call. Called once at most, from a timer's thread.</param>
    public SilenceWatch(TimeProvider time, TimeSpan bound, Action silent)
    {
        (_time, _silent, _bound) = (time, silent, bound);
        _timer = time.CreateTimer(static state => ((SilenceWatch)state!).Look(), this, bound, Timeout.InfiniteTimeSpan);
    }

    /// <summary>Whether it ended the call.</summary>
    public bool Expired => Volatile.Read(ref _expired);

    /// <summary>From now on this long. Before the next read, never while one is under way.</summary>
    public void Expect(TimeSpan bound)
    {
        _bound = bound;
        _timer.Change(bound, Timeout.InfiniteTimeSpan);
    }

    /// <summary>A read begins. One that completes before the bound has passed is not looked at again.</summary>
    public void Reading(Task read)
    {
        // The stamp first: who sees the read sees a stamp at least as young.
        Volatile.Write(ref _since, _time.GetTimestamp());
        Volatile.Write(ref _reading, read);
    }

    public void Dispose() => _timer.Dispose();

    private void Look()
    {
        var bound = _bound;
        if (Volatile.Read(ref _reading).IsCompleted)
        {
            // The client takes nothing, or the next read begins this moment.
            _timer.Change(bound, Timeout.InfiniteTimeSpan);
            return;
        }

        var left = bound - _time.GetElapsedTime(Volatile.Read(ref _since));
        if (left > TimeSpan.Zero)
        {
            _timer.Change(left, Timeout.InfiniteTimeSpan);
            return;
        }

        Volatile.Write(ref _expired, true);
        _silent();
    }
}
