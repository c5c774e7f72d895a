using ModelMesh.Contracts.Errors;
using ModelMesh.Registry.Attempts;
using ModelMesh.Registry.Leases;

namespace ModelMesh.Registry.Inference;

/// <summary>
/// One running stream as the watchdog sees it: which attempt at a backend it waits for, and whether and why it was told to stop. The stream writes, the watchdog reads,
/// without a lock.
/// </summary>
internal sealed class OpenStream : IDisposable
{
    private readonly CancellationTokenSource _stop;
    private readonly CancellationTokenRegistration _whenLost;
    private readonly CancellationTokenRegistration _whenPreempted;
    private readonly TaskCompletionSource _abandoned = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TimeProvider _time;
    private volatile OpenAttempt? _attempt;
    private volatile HeldWrite? _held;
    private volatile bool _preempted;
    private MeshException? _stopReason;
    private long _stoppedSince;
    private long _firstTokenAt;
    private long _endedAt;

    public OpenStream(Lease lease, TimeProvider time, CancellationToken callerGone)
    {
        _time = time;
        _stop = CancellationTokenSource.CreateLinkedTokenSource(callerGone);
        Token = _stop.Token;
        _whenLost = lease.Lost.UnsafeRegister(static stream => ((OpenStream)stream!).Stop(LeaseLost()), this);
        _whenPreempted = lease.Preempted.UnsafeRegister(static stream => ((OpenStream)stream!).Preempt(), this);
    }

    /// <summary>Fires when the stream has to end: the caller has gone, or <see cref="Stop"/> was called.</summary>
    public CancellationToken Token { get; }

    /// <summary>Why the mesh ended the stream; null when it did not, also when the caller did.</summary>
    public MeshException? StopReason => Volatile.Read(ref _stopReason);

    /// <summary>Whether it had to give its slot up before its first token. It is not at its end then, unless there is a <see cref="StopReason"/>.</summary>
    public bool IsPreempted => _preempted;

    /// <summary>Completes when the stream was stopped and its backend did not end the call in time.</summary>
    public Task Abandoned => _abandoned.Task;

    /// <summary>When the first token came, as a timestamp; 0 when none did.</summary>
    public long FirstTokenAt => _firstTokenAt;

    /// <summary>The address that the attempt under way asks, as operators see it; null where that is the backend type's own, or none is under way.</summary>
    public string? Endpoint => _attempt?.Endpoint.Shown;

    /// <summary>When the backend's call ended, as a timestamp; 0 until then.</summary>
    public long EndedAt => _endedAt;

    /// <summary>How long backends took from their calls to the first token, or to their ends where they sent none, all attempts together. For the stream itself.</summary>
    public TimeSpan BackendWait { get; private set; }

    /// <summary>From here on the watchdog looks after this write; null: no more.</summary>
    public void Hold(HeldWrite? write) => _held = write;

    /// <summary>From here on the watchdog looks after this attempt.</summary>
    public void Begin(OpenAttempt attempt) => _attempt = attempt;

    /// <summary>The attempt is over, or was given up.</summary>
    public void End(OpenAttempt attempt)
    {
        _attempt = null;
        BackendWait += attempt.HasAnswered ? TimeSpan.Zero : attempt.Waited;
    }

    /// <summary>The attempt that is under way has got something of the answer, or its end.</summary>
    public void Answered(TimeSpan waited, bool withToken)
    {
        BackendWait += waited;
        _firstTokenAt = withToken ? _time.GetTimestamp() : 0;
    }

    /// <summary>No backend's call runs any more that the stream waits for.</summary>
    public void BackendEnded() => _endedAt = _time.GetTimestamp();

    /// <summary>Ends the stream with an error; the first reason counts.</summary>
    public void Stop(MeshException reason)
    {
        if (Interlocked.CompareExchange(ref _stopReason, reason, null) is null)
        {
            // Not on this thread: it is the watchdog's or the lease renewer's.
            Cancel();
        }
    }

    /// <summary>Ends the backend's call without a reason of the mesh's own: nobody reads the answer any more.</summary>
    public void Cancel() => _stop.CancelQuietly();

    /// <summary>One look of the watchdog.</summary>
    public void Check(TimeSpan abandonAfter)
    {
        if (!Token.IsCancellationRequested)
        {
            _held?.Look();
            _attempt?.Check(abandonAfter);
        }
        else if (_stoppedSince == 0)
        {
            _stoppedSince = _time.GetTimestamp();
        }
        else if (_time.GetElapsedTime(_stoppedSince) > abandonAfter)
        {
            _abandoned.TrySetResult();
        }
    }

    public void Dispose()
    {
        _whenLost.Dispose();
        _whenPreempted.Dispose();
        _stop.Dispose();
    }

    private void Preempt()
    {
        _preempted = true;
        Cancel();
    }

    private static MeshException LeaseLost() => new(ErrorCode.StoreUnavailable, "The stream's slot could not be renewed in the store.");
}
