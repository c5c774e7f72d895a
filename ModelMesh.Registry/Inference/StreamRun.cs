using System.Runtime.CompilerServices;
using System.Runtime.ExceptionServices;
using ModelMesh.Registry.Attempts;
using ModelMesh.Registry.Content;

namespace ModelMesh.Registry.Inference;

/// <summary>
/// One admitted stream, from accepted to its end. Its own task, so that the caller can be answered when a backend does not heed cancellation:
/// slot and pin are held until the backend's call has really ended.
/// </summary>
internal sealed partial class StreamRun(
    InferenceRequest request,
    Admitted admitted,
    OpenStream stream,
    AttemptLoop attempts,
    IInferenceSink sink,
    TimeProvider time,
    ILogger logger,
    CancellationToken callerGone,
    CapturedAnswer? captured = null)
{
    private const int MostWritesAtOnce = 16;

    // What is longer than this after the last message goes out, so a gateway that takes a silent registry for dead hears of nearly every slow token.
    private static readonly TimeSpan Gathering = TimeSpan.FromMilliseconds(100);

    // The attempt's that has answered: those that were given up keep theirs to themselves.
    private Answer? _answer;
    private HeldWrite? _accepted;
    private Func<Task>? _writeTokens;
    private int _writesAtOnce;
    private bool _sinkFailed;
    private bool _isLast;
    private bool _toldCost;
    private int _endpoint;
    private long? _sentAt;
    private volatile bool _writing;
    private volatile bool _abandoned;

    public long Tokens => _answer?.Batch.Total ?? 0;

    public int SkippedChunks => _answer?.SkippedChunks ?? 0;

    /// <summary>Makes this the last the reader hears of the run. True when a write is under way, which only <see cref="IInferenceSink.Abort"/> is sure to end.</summary>
    public bool Abandon()
    {
        _abandoned = true;

        // Each side writes its own flag, then reads the other's: without a fence both could miss the other.
        Interlocked.MemoryBarrier();
        return _writing;
    }

    /// <exception cref="Contracts.Errors.MeshException">The stream failed.</exception>
    /// <exception cref="ReaderGoneException">The caller has gone.</exception>
    /// <exception cref="PreemptedException">The slot was given up before the first token.</exception>
    public async Task<Completion> RunAsync()
    {
        Exception? failure = null;
        try
        {
            await WriteAsync(() => sink.AcceptedAsync(admitted.Runtime.Model));
            _accepted = new HeldWrite(() => WriteAsync(sink.FlushAsync).AsTask(), time);
            stream.Hold(_accepted);
            await attempts.RunAsync(PumpAsync);
        }
        catch (Exception exception)
        {
            failure = exception;
        }

        // The backend's call has ended: whoever learns that this answer is complete can count on the slot being free.
        stream.BackendEnded();
        var released = attempts.ReleaseAsync(admitted.Lease);
        try
        {
            // A call must not end while something is written to it.
            await TakeAcceptedAsync();

            // Who collects the answer can do nothing with its last tokens before it is completed.
            if (!stream.Token.IsCancellationRequested && !_sinkFailed && !(request.Collects && failure is null))
            {
                await FlushAsync();
            }
        }
        catch (Exception exception)
        {
            failure ??= exception;
        }
        finally
        {
            await released;
        }

        if (SkippedChunks > 0)
        {
            ChunksSkipped(logger, request.RequestId, request.Id.ToString(), admitted.Runtime.Model.Revision, SkippedChunks);
        }

        ThrowIfFailed(failure);
        _isLast = true;
        await FlushAsync();
        var completion = _answer!.Complete() with { Cost = UntoldCost() };
        await WriteAsync(() => sink.CompletedAsync(completion));
        return completion;
    }

    /// <summary>One attempt: calls the backend and reads its answer to the end. What came last is not sent yet.</summary>
    public async Task<bool> PumpAsync(OpenAttempt attempt)
    {
        var answer = new Answer(request.Options.Choices ?? 1);
        var taken = LenientRequest.For(request, admitted.Runtime.Features);
        attempt.Waits();
        await using var updates = attempt.Endpoint.Backend.Chat
            .GetStreamingResponseAsync(taken.Messages, taken.Options, attempt.Token)
            .GetAsyncEnumerator(attempt.Token);
        while (true)
        {
            var next = updates.MoveNextAsync();
            if (!(next.IsCompleted ? await next : await FlushAndWaitAsync(attempt, next)))
            {
                answer.End();
                await NoteAnswerAsync(attempt, answer);
                return true;
            }

            answer.Read(updates.Current);
            if (!answer.Batch.IsEmpty)
            {
                await NoteAnswerAsync(attempt, answer);
                attempt.Resumes();
                if (request.Collects ? answer.Batch.IsFull : answer.Batch.IsDue)
                {
                    await FlushAsync();
                }
            }
        }
    }

    private ValueTask NoteAnswerAsync(OpenAttempt attempt, Answer answer) => _answer == answer ? ValueTask.CompletedTask : BeginAsync(attempt, answer);

    private async ValueTask BeginAsync(OpenAttempt attempt, Answer answer)
    {
        attempt.Answers(withToken: answer.Batch.Total > 0);
        await admitted.Lease.KeepAsync(stream.Token);
        _answer = answer;
        _endpoint = admitted.Runtime.Endpoints.All.Count > 1 ? attempt.Call.Index + 1 : 0;
    }

    // Nothing more is ready: what was gathered goes out before the wait, if somebody waits for it. Pooled, since a slow backend comes here with every token.
    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    private async ValueTask<bool> FlushAndWaitAsync(OpenAttempt attempt, ValueTask<bool> next)
    {
        ExceptionDispatchInfo? writeFailure = null;
        try
        {
            if (attempt.HasAnswered && !(_sentAt is { } sentAt && time.GetElapsedTime(sentAt) < Gathering))
            {
                await FlushAsync();
            }
        }
        catch (ReaderGoneException exception)
        {
            // An enumeration must not be disposed while a step of it runs, so that step has to end first.
            writeFailure = ExceptionDispatchInfo.Capture(exception);
            stream.Cancel();
        }

        attempt.Waits();
        var more = await next;
        writeFailure?.Throw();
        return more;
    }

    private async ValueTask FlushAsync()
    {
        if (_answer is null or { Batch.IsEmpty: true })
        {
            return;
        }

        admitted.Runtime.Health.Answered();
        await TakeAcceptedAsync();

        // Made once: this runs for every message.
        var write = WriteAsync(_writeTokens ??= () => sink.TokensAsync(_answer.Batch.Pieces, UntoldCost(), mayWait: _isLast));
        _writesAtOnce = write.IsCompleted ? _writesAtOnce + 1 : 0;
        await write;
        captured?.Add(_answer.Batch.Pieces);
        _answer.Batch.Clear();
        _sentAt = request.Collects ? time.GetTimestamp() : null;

        // A connection that has just gone takes every write at once, and the news of that needs a thread, which a stream that never waits would keep.
        if (_writesAtOnce == MostWritesAtOnce)
        {
            _writesAtOnce = 0;
            await Task.Yield();
        }
    }

    private ValueTask TakeAcceptedAsync()
    {
        if (_accepted is not { } accepted)
        {
            return ValueTask.CompletedTask;
        }

        _accepted = null;
        stream.Hold(null);
        return new ValueTask(accepted.TakeAsync());
    }

    private AnswerCost UntoldCost()
    {
        var cost = _toldCost ? default : new AnswerCost(stream.BackendWait, attempts.Attempts, _endpoint);
        _toldCost = true;
        return cost;
    }

    private async ValueTask WriteAsync(Func<Task> write)
    {
        try
        {
            _writing = true;
            Interlocked.MemoryBarrier();
            ObjectDisposedException.ThrowIf(_abandoned, this);
            await write();
        }
        catch (Exception exception)
        {
            _sinkFailed = true;

            // Nobody reads what the backend says: it need not go on.
            stream.Cancel();
            throw new ReaderGoneException(exception);
        }
        finally
        {
            _writing = false;
        }
    }

    // The mesh's own reason goes first: once it has told a backend to stop, the backend may fail in any way, or even end as if it were complete.
    private void ThrowIfFailed(Exception? failure)
    {
        if (stream.StopReason is { } reason)
        {
            throw reason;
        }

        if (_sinkFailed || callerGone.IsCancellationRequested)
        {
            throw failure as ReaderGoneException ?? new ReaderGoneException();
        }

        if (stream.IsPreempted)
        {
            throw new PreemptedException(attempts.Attempts);
        }

        if (failure is not null)
        {
            var secrets = admitted.Runtime.Secrets;
            var error = secrets.Redact(BackendErrors.From(failure));
            BackendFailed(logger, request.RequestId, request.Id.ToString(), admitted.Runtime.Model.Revision, Tokens, BackendErrors.NameOf(failure), BackendErrors.ReasonOf(error));
            if (logger.IsEnabled(LogLevel.Trace))
            {
                BackendThrew(logger, request.RequestId, secrets.Redact(failure));
            }

            throw error;
        }
    }
}
