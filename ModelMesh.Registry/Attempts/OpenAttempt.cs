using ModelMesh.Contracts.Catalog;
using ModelMesh.Contracts.Errors;
using ModelMesh.Registry.Endpoints;
using ModelMesh.Registry.Inference;

namespace ModelMesh.Registry.Attempts;

/// <summary>
/// One call of a backend as the watchdog sees it. It either gets its first token or runs out of time for it, never both: one word says which, so an attempt that was
/// given up can send nothing to the caller any more. The call writes, the watchdog reads, without a lock.
/// </summary>
internal sealed class OpenAttempt(OpenStream stream, EndpointCall call, TimeSpan firstTokenLimit, ModelTimeouts timeouts, TimeProvider time) : IDisposable
{
    private const int Waiting = 0;
    private const int Answering = 1;
    private const int GivenUp = 2;

    private readonly CancellationTokenSource _stop = CancellationTokenSource.CreateLinkedTokenSource(stream.Token);
    private readonly TaskCompletionSource _leftBehind = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int _state;
    private long _calledAt;
    private long _waitingSince;
    private long _givenUpAt;

    /// <summary>Told when the first token comes; null where nobody is.</summary>
    public CallTrace? Trace { get; init; }

    public RuntimeEndpoint Endpoint => call.Endpoint;

    public EndpointCall Call => call;

    /// <summary>Fires when the call has to end: its time for a first token is over, or the stream has to end.</summary>
    public CancellationToken Token => _stop.Token;

    /// <summary>Completes when the attempt ran out of time and its backend did not end the call soon after.</summary>
    public Task LeftBehind => _leftBehind.Task;

    /// <summary>Whether something of the answer came, or its end.</summary>
    public bool HasAnswered => Volatile.Read(ref _state) == Answering;

    /// <summary>Whether it ran out of time for its first token, or was given up before.</summary>
    public bool TimedOut => Volatile.Read(ref _state) == GivenUp;

    public TimeSpan FirstTokenLimit { get; } = firstTokenLimit;

    /// <summary>How long the backend has kept the call waiting for its first token; zero before the call.</summary>
    public TimeSpan Waited => _calledAt == 0 ? TimeSpan.Zero : time.GetElapsedTime(_calledAt);

    /// <summary>The call waits for its backend. Until something of the answer comes that is one wait, whatever else the backend sends.</summary>
    public void Waits()
    {
        if (_calledAt == 0)
        {
            Volatile.Write(ref _calledAt, time.GetTimestamp());
        }
        else if (HasAnswered && Volatile.Read(ref _waitingSince) == 0)
        {
            Volatile.Write(ref _waitingSince, time.GetTimestamp());
        }
    }

    /// <summary>More of the answer has come.</summary>
    public void Resumes() => Volatile.Write(ref _waitingSince, 0);

    /// <summary>Something of the answer has come, or its end. From here on the request is this attempt's.</summary>
    /// <exception cref="OperationCanceledException">Too late: it was given up.</exception>
    public void Answers(bool withToken)
    {
        if (Interlocked.CompareExchange(ref _state, Answering, Waiting) == GivenUp)
        {
            throw new OperationCanceledException(Token);
        }

        var waited = Waited;
        stream.Answered(waited, withToken);
        if (withToken)
        {
            Trace?.FirstToken(waited);
        }

        call.Answered();
    }

    /// <summary>Nobody waits for it any more: unless it has begun to answer, what it still brings is nobody's.</summary>
    public void GiveUp() => Interlocked.CompareExchange(ref _state, GivenUp, Waiting);

    /// <summary>One look of the watchdog.</summary>
    public void Check(TimeSpan abandonAfter)
    {
        switch (Volatile.Read(ref _state))
        {
            case Waiting when Volatile.Read(ref _calledAt) is not 0 and var calledAt && time.GetElapsedTime(calledAt) > FirstTokenLimit:
                if (Interlocked.CompareExchange(ref _state, GivenUp, Waiting) == Waiting)
                {
                    _givenUpAt = time.GetTimestamp();
                    _stop.CancelQuietly();
                }

                break;
            case Answering when Volatile.Read(ref _waitingSince) is not 0 and var since && time.GetElapsedTime(since).TotalMilliseconds > timeouts.IdleMs:
                stream.Stop(new MeshException(ErrorCode.Timeout, $"The model's backend sent nothing for {timeouts.IdleMs} ms."));
                break;
            case GivenUp when time.GetElapsedTime(_givenUpAt) > abandonAfter:
                _leftBehind.TrySetResult();
                break;
        }
    }

    public void Dispose() => _stop.Dispose();
}
