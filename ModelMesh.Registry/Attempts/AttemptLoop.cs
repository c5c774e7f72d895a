using System.Runtime.ExceptionServices;
using ModelMesh.Backends.Sdk;
using ModelMesh.Contracts.Errors;
using ModelMesh.Registry.Endpoints;
using ModelMesh.Registry.Inference;
using ModelMesh.Registry.Leases;
using ModelMesh.Registry.ModelHealth;

namespace ModelMesh.Registry.Attempts;

/// <summary>
/// Sends a request to one endpoint of its runtime after another, until one begins to answer:
/// 1. choose an endpoint that takes it;
/// 2. call it, and wait until the call ends; one that ran out of time for its first token, or whose stream has to end, and that does not heed cancellation is left behind;
/// 3. it was answered, or failed after its first token, or the stream has to end: done;
/// 4. decide (<see cref="NextAttempt"/>), and ask the budget;
/// 5. wait where that is said, and start again; where other requests were quicker to take every endpoint that was left, decide once more without them.
/// However many attempts there are, the first token or the error comes within twice the version's time for a first token. The slot is given back when the last call that
/// runs has ended, those that were left behind included: the limit counts what runs upstream.
/// </summary>
internal sealed partial class AttemptLoop(ModelRuntime runtime, OpenStream stream, AttemptRequest request, TimeProvider time, ILogger logger)
{
    private readonly List<Task> _leftBehind = [];

    /// <summary>How many times a backend was asked.</summary>
    public int Attempts { get; private set; } = request.Before;

    /// <param name="send">Makes one call. It says by <see cref="OpenAttempt.Waits"/> when it begins, and by <see cref="OpenAttempt.Answers"/> what comes of it.</param>
    /// <exception cref="Contracts.Errors.MeshException">No endpoint took the request.</exception>
    /// <exception cref="Exception">What the last attempt threw.</exception>
    public async Task<T> RunAsync<T>(Func<OpenAttempt, Task<T>> send)
    {
        var endpoints = runtime.Endpoints;
        var rules = runtime.Model.Resilience;
        var firstToken = TimeSpan.FromMilliseconds(runtime.Model.Timeouts.FirstTokenMs);
        var startedAt = time.GetTimestamp();
        var (tried, barred, timedOut, reason) = (0UL, 0UL, false, (string?)null);
        endpoints.Budget.Requested();

        // 1.
        var call = endpoints.TryBegin(request.Wish, without: 0) ?? throw endpoints.NoneTakes();
        while (true)
        {
            // 2.
            var (answer, failure, attempt) = await SendAsync(call, Shorter(firstToken, Left()), reason, send);

            // 3.
            if (failure is null)
            {
                return answer!;
            }

            var thrown = ExceptionDispatchInfo.Capture(failure);
            if (attempt.HasAnswered || stream.Token.IsCancellationRequested || request.OnlyOnce)
            {
                thrown.Throw();
            }

            // 4.
            var verdict = AttemptVerdict.Of(failure, request.OfAdapter);
            tried |= 1UL << call.Index;
            barred |= verdict.Retry == RetryPlace.Anywhere && !(verdict.RetryAfter > TimeSpan.FromMilliseconds(rules.MaxBackoffMs)) ? 0 : 1UL << call.Index;
            var failed = new FailedRequest(verdict, Attempts - request.Before - 1, timedOut, attempt.TimedOut, endpoints.AnyTakes(tried), Left());
            timedOut |= attempt.TimedOut;
            if (await TryNextAsync(failed, tried, barred) is { } another)
            {
                call = another;
            }
            else
            {
                thrown.Throw();
            }

            reason = BackendErrors.NameOf(failure);
            AttemptTelemetry.Retried(runtime.Model.Id, reason);
            Retried(logger, request.RequestId, runtime.Model.Id.ToString(), Attempts + 1, reason);
        }

        TimeSpan Left() => (2 * firstToken) - time.GetElapsedTime(startedAt);
    }

    /// <summary>Gives slot and pin back once no call runs any more; completes at once where one was left behind.</summary>
    public ValueTask ReleaseAsync(Lease lease)
    {
        if (_leftBehind.Count > 0)
        {
            _ = ReleaseLateAsync(lease);
            return ValueTask.CompletedTask;
        }

        var released = lease.DisposeAsync();
        runtime.Unpin();
        return released;
    }

    private static TimeSpan Shorter(TimeSpan left, TimeSpan right) => left < right ? left : right;

    private async Task<EndpointCall?> TryNextAsync(FailedRequest failed, ulong tried, ulong barred)
    {
        var (endpoints, roll) = (runtime.Endpoints, Random.Shared.NextDouble());
        var next = NextAttempt.After(failed, runtime.Model.Resilience, roll);
        if (!next.Goes || !endpoints.Budget.TryRetry())
        {
            return null;
        }

        // 5.
        var call = await TryBeginAsync(next, tried, barred);
        if (call is null && !next.ToTried)
        {
            next = NextAttempt.After(failed with { AnotherTakes = false }, runtime.Model.Resilience, roll);
            call = next.Goes ? await TryBeginAsync(next, tried, barred) : null;
        }

        if (call is null)
        {
            endpoints.Budget.GiveBack();
        }

        return call;
    }

    private async Task<EndpointCall?> TryBeginAsync(NextAttempt next, ulong tried, ulong barred)
    {
        await Task.Delay(next.Wait, time, stream.Token);
        return runtime.Endpoints.TryBegin(request.Wish, next.ToTried ? barred : tried);
    }

    private async Task<(T? Answer, Exception? Failure, OpenAttempt Attempt)> SendAsync<T>(EndpointCall call, TimeSpan firstTokenLimit, string? reason, Func<OpenAttempt, Task<T>> send)
    {
        Attempts++;
        var attempt = new OpenAttempt(stream, call, firstTokenLimit, runtime.Model.Timeouts, time)
        {
            Trace = CallTrace.Begin(runtime.Model, request.Operation, call.Endpoint.Shown, Attempts, reason, time),
        };
        stream.Begin(attempt);

        // Off this thread: a plugin that blocks it, instead of waiting, would keep the request from going on.
        var ended = Task.Run(() => send(attempt), CancellationToken.None);
        if (!ended.IsCompleted && await Task.WhenAny(ended, attempt.LeftBehind, stream.Abandoned) != ended)
        {
            // It may never end, and whoever is to try the endpoint next cannot wait for that.
            attempt.GiveUp();
            _leftBehind.Add(EndLateAsync(attempt, ended));
            LeftBehind(logger, request.RequestId, runtime.Model.Id.ToString(), attempt.Endpoint.Shown ?? "(default)");
            return (default, Judged(attempt, stream.Token.IsCancellationRequested ? new OperationCanceledException(stream.Token) : TooLate(attempt)), attempt);
        }

        Exception? failure = null;
        try
        {
            return (await ended, Judged(attempt, null), attempt);
        }
        catch (Exception exception)
        {
            failure = attempt.TimedOut && !stream.Token.IsCancellationRequested ? TooLate(attempt) : exception;
            return (default, Judged(attempt, failure), attempt);
        }
        finally
        {
            attempt.Call.Ended();
            attempt.Dispose();
        }
    }

    private Exception? Judged(OpenAttempt attempt, Exception? failure)
    {
        stream.End(attempt);
        EndTrace(attempt, failure);
        var outcome = TrafficOutcome.Of(failure, stream.StopReason, stream.Token.IsCancellationRequested);
        var verdict = outcome.Result switch
        {
            TrafficResult.Answered => AttemptVerdict.Answered,

            // The stream's own time-out, between two tokens.
            _ when stream.StopReason is not null && outcome.Error is not null => new AttemptVerdict(AttemptResult.Failed),
            _ when failure is null or ReaderGoneException || stream.Token.IsCancellationRequested => AttemptVerdict.GivenUp,
            _ => AttemptVerdict.Of(failure, request.OfAdapter),
        };
        attempt.Endpoint.Hold.Observe(failure);
        var shown = outcome.Shown(runtime.Secrets);
        attempt.Call.Judged(verdict, shown.Error);

        // An adapter that the upstream does not know says nothing of the model, which it may well know.
        if (!request.OfAdapter || failure is not BackendException { Kind: BackendErrorKind.NotFound })
        {
            runtime.Observe(shown);
        }

        return failure;
    }

    // The mesh's own reason goes first: what a backend that was told to stop throws is its own affair.
    private void EndTrace(OpenAttempt attempt, Exception? failure)
    {
        var stopped = stream.StopReason is { Code: not ErrorCode.Cancelled and var code } ? ErrorTable.Row(code).Name : null;
        var isCancelled = failure is not null && stopped is null && (failure is ReaderGoneException || stream.Token.IsCancellationRequested);
        attempt.Trace?.Ended(failure is null || isCancelled ? null : stopped ?? BackendErrors.NameOf(failure), isCancelled);
    }

    private static async Task EndLateAsync(OpenAttempt attempt, Task ended)
    {
        await ended.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        attempt.Call.Ended();
        attempt.Dispose();
    }

    private async Task ReleaseLateAsync(Lease lease)
    {
        await Task.WhenAll(_leftBehind);
        runtime.Unpin();
        await lease.DisposeAsync();
    }

    private static BackendException TooLate(OpenAttempt attempt) =>
        new(BackendErrorKind.Timeout, $"The model's backend sent no first token within {attempt.FirstTokenLimit.TotalMilliseconds:0} ms.");

    [LoggerMessage(EventId = 232, EventName = "AttemptRepeated", Level = LogLevel.Debug, Message = "Request {RequestId} to {Model} goes on with attempt {Attempt} after {Error}")]
    private static partial void Retried(ILogger logger, string requestId, string model, int attempt, string error);

    [LoggerMessage(EventId = 233, EventName = "AttemptLeftBehind", Level = LogLevel.Error, Message = "Request {RequestId}: the call of {Model} at {Endpoint} was cancelled, but it goes on; the request's slot stays taken until it ends")]
    private static partial void LeftBehind(ILogger logger, string requestId, string model, string endpoint);
}
