using ModelMesh.Contracts.Catalog;
using ModelMesh.Contracts.Errors;
using ModelMesh.Registry.Leases;

namespace ModelMesh.Registry.Inference;

/// <summary>
/// One running stream as the watchdog sees it: since when its backend keeps it waiting, and whether and why it was told to stop. The stream
/// writes, the watchdog reads, without a lock: the waiting stamp is one number, negative while the first token is waited for.
/// </summary>
internal sealed class OpenStream : IDisposable
{
    private readonly CancellationTokenSource _stop;
    private readonly CancellationTokenRegistration _whenLost;
    private readonly TaskCompletionSource _abandoned = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TimeProvider _time;
    private readonly ModelTimeouts _timeouts;
    private MeshException? _stopReason;
    private long _waitingSince;
    private long _stoppedSince;
    private long _firstTokenAt;
    private long _endedAt;
    private bool _hasToken;

    public OpenStream(ModelVersion model, Lease lease, TimeProvider time, CancellationToken callerGone)
    {
        _timeouts = model.Timeouts;
        _time = time;
        _stop = CancellationTokenSource.CreateLinkedTokenSource(callerGone);
        Token = _stop.Token;
        _whenLost = lease.Lost.UnsafeRegister(static stream => ((OpenStream)stream!).Stop(LeaseLost()), this);
    }

    /// <summary>Fires when the stream has to end: the caller has gone, or <see cref="Stop"/> was called.</summary>
    public CancellationToken Token { get; }

    /// <summary>Why the mesh ended the stream; null when it did not, also when the caller did.</summary>
    public MeshException? StopReason => Volatile.Read(ref _stopReason);

    /// <summary>Completes when the stream was stopped and its backend did not end the call in time.</summary>
    public Task Abandoned => _abandoned.Task;

    public bool HasToken => _hasToken;

    /// <summary>When the first token came, as a timestamp; 0 when none did.</summary>
    public long FirstTokenAt => _firstTokenAt;

    /// <summary>When the backend's call ended, as a timestamp; 0 until then.</summary>
    public long EndedAt => _endedAt;

    /// <summary>How long the backend took from its call to its first token, or to its end where it sent none; zero until then. For the stream itself.</summary>
    public TimeSpan BackendWait { get; private set; }

    /// <summary>The stream begins to wait for its backend. Before the first token that is one wait, whatever else the backend sends.</summary>
    public void Waiting()
    {
        if (_hasToken)
        {
            Volatile.Write(ref _waitingSince, _time.GetTimestamp());
        }
        else if (_waitingSince == 0)
        {
            Volatile.Write(ref _waitingSince, -_time.GetTimestamp());
        }
    }

    public void Answered()
    {
        if (_hasToken)
        {
            Volatile.Write(ref _waitingSince, 0);
        }
    }

    public void FirstToken()
    {
        NoteBackendWait();
        _hasToken = true;
        _firstTokenAt = _time.GetTimestamp();
        Volatile.Write(ref _waitingSince, 0);
    }

    /// <summary>The backend's call has ended: there is nothing left to wait for.</summary>
    public void BackendEnded()
    {
        NoteBackendWait();
        _hasToken = true;
        _endedAt = _time.GetTimestamp();
        Volatile.Write(ref _waitingSince, 0);
    }

    /// <summary>Ends the stream with an error; the first reason counts.</summary>
    public void Stop(MeshException reason)
    {
        if (Interlocked.CompareExchange(ref _stopReason, reason, null) is null)
        {
            // Not on this thread: it is the watchdog's or the lease renewer's, and a plugin's cancellation callbacks run in there.
            _ = CancelAsync();
        }
    }

    /// <summary>Ends the backend's call without a reason of the mesh's own: nobody reads the answer any more.</summary>
    public void Cancel() => _ = CancelAsync();

    /// <summary>One look of the watchdog.</summary>
    public void Check(TimeSpan abandonAfter)
    {
        if (Token.IsCancellationRequested)
        {
            if (_stoppedSince == 0)
            {
                _stoppedSince = _time.GetTimestamp();
            }
            else if (_time.GetElapsedTime(_stoppedSince) > abandonAfter)
            {
                _abandoned.TrySetResult();
            }

            return;
        }

        var since = Volatile.Read(ref _waitingSince);
        if (since != 0 && _time.GetElapsedTime(Math.Abs(since)).TotalMilliseconds > (since < 0 ? _timeouts.FirstTokenMs : _timeouts.IdleMs))
        {
            Stop(new MeshException(ErrorCode.Timeout, since < 0
                ? $"The model's backend sent no first token within {_timeouts.FirstTokenMs} ms."
                : $"The model's backend sent nothing for {_timeouts.IdleMs} ms."));
        }
    }

    public void Dispose()
    {
        _whenLost.Dispose();
        _stop.Dispose();
    }

    private void NoteBackendWait()
    {
        if (!_hasToken && _waitingSince != 0)
        {
            BackendWait = _time.GetElapsedTime(Math.Abs(_waitingSince));
        }
    }

    private static MeshException LeaseLost() => new(ErrorCode.StoreUnavailable, "The stream's slot could not be renewed in the store.");

    private async Task CancelAsync()
    {
        try
        {
            await _stop.CancelAsync();
        }
        catch (Exception exception) when (exception is ObjectDisposedException or AggregateException)
        {
            // The stream ended this very moment, or a plugin's callback threw: it is stopped either way.
        }
    }
}
