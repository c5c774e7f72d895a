using ModelMesh.Contracts.Catalog;
using ModelMesh.Contracts.Errors;
using ModelMesh.Registry.Attempts;
using ModelMesh.Registry.Content;
using ModelMesh.Registry.Endpoints;
using ModelMesh.Registry.Figures;
using ModelMesh.Registry.Queue;
using ModelMesh.Registry.Requests;
using ModelMesh.Registry.Rollouts;
using ModelMesh.ServiceDefaults.Telemetry;

namespace ModelMesh.Registry.Inference;

/// <summary>
/// The one path that every answer takes:
/// 1. refuse when the registry is stopping;
/// 2. admit: pin the newest revision's runtime and hold a slot, after a wait in the queue where there is one (<see cref="Admission"/>);
/// 3. say who serves: accepted;
/// 4. ask one endpoint after another until one answers (<see cref="AttemptLoop"/>), and stream, watched for time-outs, a lost slot, shutdown and a caller that goes (<see cref="StreamRun"/>, <see cref="StreamWatchdog"/>);
/// 5. as soon as the backend's call has ended, however it did, give back slot and pin;
/// 6. it had to make room before its first token: back to 2, at the place that it had;
/// 7. completed, or the error.
/// </summary>
internal sealed partial class InferenceExecutor(
    Admission admission,
    StreamWatchdog watchdog,
    RequestTable requests,
    RecentFigures figures,
    RolloutTally rollouts,
    ContentCapture content,
    TimeProvider time,
    ILogger<InferenceExecutor> logger)
{
    /// <exception cref="MeshException">Every failure but the caller's going.</exception>
    /// <exception cref="OperationCanceledException">The caller has gone.</exception>
    /// <exception cref="ReaderGoneException">The caller has gone, and a write found out first.</exception>
    public async Task ExecuteAsync(InferenceRequest request, IInferenceSink sink, CancellationToken callerGone)
    {
        using var trace = new RequestTrace("infer", request.RequestId, request.Id, request.Shadow, request.Log);
        using var open = requests.Begin(new RequestArrival(request.RequestId, RequestArrival.Infer, request.Id, request.Priority, request.Shadow, request.Client), callerGone);
        var arrivedAt = time.GetTimestamp();
        OpenStream? stream = null;
        try
        {
            // 1.
            if (watchdog.Stopping)
            {
                throw StreamWatchdog.StoppingError();
            }

            for (var (terms, before, ended) = (TermsOf(request, sink), 0, false); !ended;)
            {
                // 2. What may throw does so before a slot is taken: nobody would give it back.
                AttemptRequest? wanted = null;
                var admitted = await open.QueueAsync(ended => admission.AdmitAsync(request.Id, runtime => wanted = Checked(request, runtime, before), terms, ended));
                trace.Admitted(admitted.Runtime.Model, rollouts.PlaceOf(request.Id));

                // 3. to 5., 7.
                stream = new OpenStream(admitted.Lease, time, callerGone);
                try
                {
                    await StreamAsync(request, open, admitted, stream, sink, wanted!, trace, arrivedAt, callerGone);
                    ended = true;
                }
                catch (PreemptedException preempted)
                {
                    // 6.
                    QueueTelemetry.Preempted(request.Id);
                    trace.Preempted();
                    Preempted(logger, request.RequestId, request.Id.ToString());
                    (terms, before, stream) = (terms.BackTo(admitted.Lease.Place!), preempted.Attempts, null);
                }
            }

            trace.Completed();
            Tally(request, stream, arrivedAt, failure: null);
        }
        catch (MeshException exception)
        {
            trace.Failed(exception);
            Tally(request, stream, arrivedAt, exception);
            throw;
        }
        catch (Exception exception) when (exception is ReaderGoneException || (exception is OperationCanceledException && callerGone.IsCancellationRequested))
        {
            trace.ClientGone();
            throw;
        }
    }

    private static QueueTerms TermsOf(InferenceRequest request, IInferenceSink sink) =>
        request.Shadow ? QueueTerms.None : new QueueTerms(MayWait: true, request.Priority) { Tell = position => TellAsync(sink, position) }.Preemptible();

    private static async Task TellAsync(IInferenceSink sink, QueuePosition position)
    {
        try
        {
            await sink.QueuedAsync(position);
        }
        catch (Exception exception)
        {
            throw new ReaderGoneException(exception);
        }
    }

    private async Task StreamAsync(
        InferenceRequest request,
        OpenRequest open,
        Admitted admitted,
        OpenStream stream,
        IInferenceSink sink,
        AttemptRequest wanted,
        RequestTrace trace,
        long arrivedAt,
        CancellationToken callerGone)
    {
        watchdog.Add(stream);
        var attempts = new AttemptLoop(admitted.Runtime, stream, wanted, time, logger);
        var captured = content.Begin(trace, request, admitted.Runtime.Secrets);
        var run = new StreamRun(request, admitted, stream, attempts, sink, time, logger, callerGone, captured);
        open.Serve(new ServedRequest(admitted.Runtime.Model.Revision, stream, attempts, run));
        var ended = RunAsync(request, admitted.Runtime.Model, run, stream, captured, arrivedAt);
        if (await Task.WhenAny(ended, stream.Abandoned) != ended)
        {
            // The backend does not heed cancellation, or a reader does not read. The run keeps slot and pin until that ends; the caller is not kept.
            Abandoned(logger, request.RequestId, request.Id.ToString());
            if (run.Abandon())
            {
                sink.Abort();
            }

            _ = ended.ContinueWith(static late => late.Exception, CancellationToken.None, TaskContinuationOptions.OnlyOnFaulted, TaskScheduler.Default);
            callerGone.ThrowIfCancellationRequested();
            throw stream.StopReason ?? (stream.IsPreempted ? new PreemptedException(attempts.Attempts) : (Exception)new MeshException(ErrorCode.Internal));
        }

        await ended;
    }

    private async Task RunAsync(InferenceRequest request, ModelVersion model, StreamRun run, OpenStream stream, CapturedAnswer? captured, long arrivedAt)
    {
        InferenceTelemetry.Began(request.Id);
        Completion? completion = null;
        try
        {
            completion = await run.RunAsync();
        }
        finally
        {
            watchdog.Remove(stream);
            stream.Dispose();
            InferenceTelemetry.Left(request.Id);
            captured?.End(completion);
            InferenceTelemetry.Used(model, GenAi.Chat, completion is { UsageIsEstimated: false } ? completion.InputTokens : 0, completion?.OutputTokens ?? run.Tokens);
            InferenceTelemetry.Skipped(request.Id, run.SkippedChunks);
            if (!request.Shadow && !(stream.IsPreempted && completion is null))
            {
                figures.Add(model, FiguresOf(request, stream, arrivedAt, completion));
            }
        }
    }

    private static AttemptRequest Checked(InferenceRequest request, ModelRuntime runtime, int before)
    {
        FeatureCheck.Check(request, runtime);
        return new AttemptRequest(
            request.RequestId,
            new EndpointWish(request.HashKey, runtime.Endpoints.WantsPrefix ? PromptPrefix.Of(request.Messages) : 0, EndpointWish.BitOf(request.AvoidEndpoint)),
            OfAdapter: request.Options.ModelId is not null,
            OnlyOnce: request.Shadow,
            Before: before);
    }

    private void Tally(InferenceRequest request, OpenStream? stream, long arrivedAt, MeshException? failure)
    {
        TimeSpan? firstToken = stream is { FirstTokenAt: not 0 and var at } ? time.GetElapsedTime(arrivedAt, at) : null;
        rollouts.Ended(request.Id, request.Shadow, failure, watchdog.Stopping, firstToken);
    }

    private StreamFigures FiguresOf(InferenceRequest request, OpenStream stream, long arrivedAt, Completion? completion) => StreamFigures.Of(
        stream.FirstTokenAt == 0 ? null : time.GetElapsedTime(arrivedAt, stream.FirstTokenAt),
        time.GetElapsedTime(stream.FirstTokenAt, stream.EndedAt),
        (completion?.OutputTokens ?? 0) / (request.Options.Choices ?? 1),
        completed: completion is not null);

    [LoggerMessage(EventId = 210, EventName = "StreamAbandoned", Level = LogLevel.Error, Message = "Request {RequestId} to {Model} was stopped, but it goes on; its slot stays taken until its backend and its reader let go")]
    private static partial void Abandoned(ILogger logger, string requestId, string model);

    [LoggerMessage(EventId = 217, EventName = "RequestPreempted", Level = LogLevel.Debug, Message = "Request {RequestId} to {Model} gave its slot up to one of a higher priority, and waits again")]
    private static partial void Preempted(ILogger logger, string requestId, string model);
}
