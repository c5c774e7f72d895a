using ModelMesh.Contracts.Errors;
using ModelMesh.Gateway.Answers;
using ModelMesh.Gateway.Diagnostics;
using ModelMesh.Gateway.Shutdown;
using ModelMesh.Gateway.Traffic;
using ModelMesh.ServiceDefaults.Errors;
using ModelMesh.ServiceDefaults.Logs;

namespace ModelMesh.Gateway.Chat;

/// <summary>One of several requests that an application made in one call. Metrics and traces know each of them.</summary>
internal sealed class WholeCall(AnswerPipeline pipeline, AnswerCollector collector, GatewayMetrics metrics, StreamShutdown shutdown, TimeProvider time, ILogger<WholeCall> logger)
{
    /// <param name="api">The call's name in traces.</param>
    /// <param name="headers">Where stages put headers of the answer.</param>
    /// <param name="ended">Fires when nobody waits for the answer any more.</param>
    /// <exception cref="MeshException">Why there is no whole answer.</exception>
    /// <exception cref="Grpc.Core.RpcException">It was ended by <paramref name="ended"/>, as an <see cref="OperationCanceledException"/> may say as well.</exception>
    public async Task<CollectedAnswer> RunAsync(string api, ChatRequest request, CallTraits traits, string requestId, StageHeaders headers, CancellationToken ended)
    {
        var log = new RequestScope(requestId, "PartId");
        using var scope = logger.BeginRequest(log);
        using var trace = new InferTrace(api, metrics, time, log);
        trace.Asks(request, traits, requestId, stream: false);
        try
        {
            CollectedAnswer? collected = null;
            await pipeline.RunAsync(request, traits, requestId, headers, trace, null, async stream =>
            {
                trace.FirstToken(stream.Accepted, stream.BackendWait);
                var context = new AnswerContext(stream.Accepted, requestId, time.GetUtcNow());
                collected = new CollectedAnswer(context, await collector.CollectAsync(stream), trace.Overhead);
            }, collects: true, ended);
            trace.Completes(collected!.Answer.Completed);
            trace.Outcome = RequestOutcomes.Ok;
            return collected;
        }
        catch (Exception exception)
        {
            trace.Outcome = OutcomeOf(exception, ended);
            throw;
        }
    }

    // An error of its own goes first: one of several that fails has the others stopped, which may fail themselves at that moment.
    private string OutcomeOf(Exception exception, CancellationToken ended) =>
        exception is MeshException || !ended.IsCancellationRequested ? ErrorTable.Row(ErrorMapping.From(exception).Code).Name
        : shutdown.MustEnd.IsCancellationRequested ? ErrorTable.Row(StreamShutdown.Error().Code).Name
        : RequestOutcomes.ClientGone;
}
