using ModelMesh.Backends.Sdk;
using ModelMesh.Contracts.Errors;
using ModelMesh.Registry.Attempts;
using ModelMesh.Registry.Endpoints;
using ModelMesh.Registry.Queue;
using ModelMesh.Registry.Requests;
using ModelMesh.Registry.Rollouts;
using ModelMesh.ServiceDefaults.Telemetry;

namespace ModelMesh.Registry.Inference;

/// <summary>
/// The path of embeddings: the same steps as <see cref="InferenceExecutor"/>'s, but the answer comes in one piece, which has to come within the
/// model's time-out for a first token.
/// </summary>
internal sealed partial class EmbeddingExecutor(
    Admission admission, StreamWatchdog watchdog, RequestTable requests, RolloutTally rollouts, TimeProvider time, ILogger<EmbeddingExecutor> logger)
{
    /// <exception cref="MeshException">Every failure but the caller's going.</exception>
    /// <exception cref="OperationCanceledException">The caller has gone.</exception>
    public async Task<EmbeddingAnswer> ExecuteAsync(EmbeddingRequest request, CancellationToken callerGone)
    {
        using var trace = new RequestTrace("embed", request.RequestId, request.Id, shadow: false, request.Log);
        using var open = requests.Begin(new RequestArrival(request.RequestId, RequestArrival.Embed, request.Id, request.Priority, Shadow: false, request.Client), callerGone);
        try
        {
            if (watchdog.Stopping)
            {
                throw StreamWatchdog.StoppingError();
            }

            // What may throw does so before a slot is taken: nobody would give it back.
            AttemptRequest? wanted = null;
            var terms = new QueueTerms(MayWait: true, request.Priority);
            var admitted = await open.QueueAsync(ended => admission.AdmitAsync(request.Id, runtime => wanted = Checked(request, runtime), terms, ended));
            trace.Admitted(admitted.Runtime.Model, rollouts.PlaceOf(request.Id));
            var answer = await GenerateAsync(request, open, admitted, wanted!, callerGone);
            trace.Completed();
            rollouts.Ended(request.Id, isShadow: false, failure: null, watchdog.Stopping, firstToken: null);
            return answer;
        }
        catch (MeshException exception)
        {
            trace.Failed(exception);
            rollouts.Ended(request.Id, isShadow: false, exception, watchdog.Stopping, firstToken: null);
            throw;
        }
        catch (OperationCanceledException) when (callerGone.IsCancellationRequested)
        {
            trace.ClientGone();
            throw;
        }
    }

    private async Task<EmbeddingAnswer> GenerateAsync(EmbeddingRequest request, OpenRequest open, Admitted admitted, AttemptRequest wanted, CancellationToken callerGone)
    {
        var call = new OpenStream(admitted.Lease, time, callerGone);
        watchdog.Add(call);

        // Slot and pin stay with the run: a plugin that blocks or does not heed cancellation keeps them, but not the caller.
        var attempts = new AttemptLoop(admitted.Runtime, call, wanted, time, logger);
        open.Serve(new ServedRequest(admitted.Runtime.Model.Revision, call, attempts, Run: null));
        var ended = RunAsync(request, admitted, attempts, call);
        if (await Task.WhenAny(ended, call.Abandoned) != ended)
        {
            Abandoned(logger, request.RequestId, request.Id.ToString());
            _ = ended.ContinueWith(static late => late.Exception, CancellationToken.None, TaskContinuationOptions.OnlyOnFaulted, TaskScheduler.Default);
            callerGone.ThrowIfCancellationRequested();
            throw call.StopReason ?? new MeshException(ErrorCode.Internal);
        }

        return await ended;
    }

    private async Task<EmbeddingAnswer> RunAsync(EmbeddingRequest request, Admitted admitted, AttemptLoop attempts, OpenStream call)
    {
        InferenceTelemetry.Began(request.Id);
        try
        {
            var answer = await attempts.RunAsync(attempt => SendAsync(request, admitted.Runtime, attempt));
            InferenceTelemetry.Used(admitted.Runtime.Model, GenAi.Embeddings, answer.InputTokens, outputTokens: 0);
            return answer with { Cost = new AnswerCost(call.BackendWait, attempts.Attempts) };
        }
        catch (Exception exception)
        {
            throw Explain(request, admitted, call, exception);
        }
        finally
        {
            watchdog.Remove(call);
            await attempts.ReleaseAsync(admitted.Lease);
            call.Dispose();
            InferenceTelemetry.Left(request.Id);
        }
    }

    private static async Task<EmbeddingAnswer> SendAsync(EmbeddingRequest request, ModelRuntime runtime, OpenAttempt attempt)
    {
        attempt.Waits();
        var made = await attempt.Endpoint.Embeddings!.GenerateAsync(request.Inputs, request.OptionsFor(runtime.Features), attempt.Token);
        if (made.Count != request.Inputs.Count)
        {
            throw new BackendException(BackendErrorKind.Protocol, $"The backend made {made.Count} embeddings of {request.Inputs.Count} inputs.");
        }

        // JSON cannot write them, and the gateway would find out in the middle of its answer.
        if (made.Any(embedding => embedding.Vector.Span.ContainsAnyExceptInRange(float.MinValue, float.MaxValue)))
        {
            throw new BackendException(BackendErrorKind.Protocol, "The backend made an embedding with values that are no finite numbers.");
        }

        attempt.Answers(withToken: false);
        return EmbeddingAnswer.Of(runtime.Model, made);
    }

    private static AttemptRequest Checked(EmbeddingRequest request, ModelRuntime runtime)
    {
        FeatureCheck.Check(request, runtime);
        return new AttemptRequest(
            request.RequestId,
            new EndpointWish(request.HashKey, runtime.Endpoints.WantsPrefix ? PromptPrefix.Of(request.Inputs[0]) : 0),
            OfAdapter: request.Adapter is not null,
            OnlyOnce: false,
            GenAi.Embeddings);
    }

    // The mesh's own reason goes first, then the caller's going: once it has been told to stop, a backend may fail in any way.
    private Exception Explain(EmbeddingRequest request, Admitted admitted, OpenStream call, Exception exception)
    {
        if (call.StopReason is { } reason)
        {
            return reason;
        }

        if (call.Token.IsCancellationRequested)
        {
            // Without what the backend threw meanwhile: that may hold a secret or a prompt, and this is logged.
            return new OperationCanceledException("The caller has gone.", call.Token);
        }

        var error = admitted.Runtime.Secrets.Redact(BackendErrors.From(exception));
        Failed(logger, request.RequestId, request.Id.ToString(), admitted.Runtime.Model.Revision, BackendErrors.NameOf(exception), BackendErrors.ReasonOf(error));
        return error;
    }

    [LoggerMessage(EventId = 215, EventName = "EmbeddingFailed", Level = LogLevel.Warning, Message = "Request {RequestId} for embeddings of {Model} revision {Revision} failed at its backend: {Error}: {Reason}")]
    private static partial void Failed(ILogger logger, string requestId, string model, long revision, string error, string reason);

    [LoggerMessage(EventId = 216, EventName = "EmbeddingAbandoned", Level = LogLevel.Error, Message = "Request {RequestId} for embeddings of {Model} was stopped, but it goes on; its slot stays taken until its backend lets go")]
    private static partial void Abandoned(ILogger logger, string requestId, string model);
}
