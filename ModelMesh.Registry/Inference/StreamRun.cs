using System.Runtime.CompilerServices;
using System.Runtime.ExceptionServices;

namespace ModelMesh.Registry.Inference;

/// <summary>
/// One admitted stream, from accepted to its end. Its own task, so that the caller can be answered when a backend does not heed cancellation:
/// slot and pin are held until the backend's call has really ended.
/// </summary>
internal sealed partial class StreamRun(
    InferenceRequest request,
    Admitted admitted,
    OpenStream stream,
    IInferenceSink sink,
    ILogger logger,
    CancellationToken callerGone)
{
    private const int MostWritesAtOnce = 16;

    private readonly Answer _answer = new(request.Options.Choices ?? 1);
    private Func<Task>? _writeTokens;
    private int _writesAtOnce;
    private bool _sinkFailed;
    private bool _toldWait;
    private volatile bool _writing;
    private volatile bool _abandoned;

    public long Tokens => _answer.Batch.Total;

    public int SkippedChunks => _answer.SkippedChunks;

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
    public async Task<Completion> RunAsync()
    {
        Exception? failure = null;
        try
        {
            await WriteAsync(() => sink.AcceptedAsync(admitted.Runtime.Model));
            await PumpAsync();
        }
        catch (Exception exception)
        {
            failure = exception;
        }

        // The backend's call has ended: whoever learns that this answer is complete can count on the slot being free.
        stream.BackendEnded();
        admitted.Runtime.Ended(failure, request.Options.ModelId, stream.StopReason, _sinkFailed || callerGone.IsCancellationRequested);
        var released = admitted.Lease.DisposeAsync();
        admitted.Runtime.Unpin();
        try
        {
            if (!stream.Token.IsCancellationRequested && !_sinkFailed)
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
        var completion = _answer.Complete() with { BackendWait = UntoldWait() };
        await WriteAsync(() => sink.CompletedAsync(completion));
        return completion;
    }

    private async Task PumpAsync()
    {
        var taken = LenientRequest.For(request, admitted.Runtime.Features);
        stream.Waiting();
        await using var updates = admitted.Runtime.Backend.Chat
            .GetStreamingResponseAsync(taken.Messages, taken.Options, stream.Token)
            .GetAsyncEnumerator(stream.Token);
        while (true)
        {
            var next = updates.MoveNextAsync();
            if (!(next.IsCompleted ? await next : await FlushAndWaitAsync(next)))
            {
                _answer.End();
                NoteFirstToken();
                return;
            }

            _answer.Read(updates.Current);
            NoteFirstToken();
            if (_answer.Batch.IsDue)
            {
                await FlushAsync();
            }
        }
    }

    private void NoteFirstToken()
    {
        if (!stream.HasToken && !_answer.Batch.IsEmpty)
        {
            stream.FirstToken();
        }
    }

    // Nothing more is ready: what was gathered goes out before the wait. Pooled, since a slow backend comes here with every token.
    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    private async ValueTask<bool> FlushAndWaitAsync(ValueTask<bool> next)
    {
        ExceptionDispatchInfo? writeFailure = null;
        try
        {
            await FlushAsync();
        }
        catch (ReaderGoneException exception)
        {
            // An enumeration must not be disposed while a step of it runs, so that step has to end first.
            writeFailure = ExceptionDispatchInfo.Capture(exception);
            stream.Cancel();
        }

        stream.Waiting();
        var more = await next;
        stream.Answered();
        writeFailure?.Throw();
        return more;
    }

    private async ValueTask FlushAsync()
    {
        if (_answer.Batch.IsEmpty)
        {
            return;
        }

        admitted.Runtime.Health.Answered();

        // Made once: this runs for every message.
        var write = WriteAsync(_writeTokens ??= () => sink.TokensAsync(_answer.Batch.Pieces, UntoldWait()));
        _writesAtOnce = write.IsCompleted ? _writesAtOnce + 1 : 0;
        await write;
        _answer.Batch.Clear();

        // A connection that has just gone takes every write at once, and the news of that needs a thread, which a stream that never waits would keep.
        if (_writesAtOnce == MostWritesAtOnce)
        {
            _writesAtOnce = 0;
            await Task.Yield();
        }
    }

    private TimeSpan UntoldWait()
    {
        var wait = _toldWait ? TimeSpan.Zero : stream.BackendWait;
        _toldWait = true;
        return wait;
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

        if (failure is not null)
        {
            var secrets = admitted.Runtime.Secrets;
            var error = secrets.Redact(BackendErrors.From(failure));
            BackendFailed(logger, request.RequestId, request.Id.ToString(), admitted.Runtime.Model.Revision, Tokens, BackendErrors.NameOf(failure), error.Message);
            if (logger.IsEnabled(LogLevel.Trace))
            {
                BackendThrew(logger, request.RequestId, secrets.Redact(failure));
            }

            throw error;
        }
    }
}
