using Grpc.Core;
using ModelMesh.Contracts.Errors;
using ModelMesh.Contracts.V1;
using ModelMesh.Registry.Inference;
using ModelMesh.Registry.Instances;
using ModelMesh.ServiceDefaults.Logs;

namespace ModelMesh.Registry.Grpc;

/// <summary>The gRPC face of <see cref="InferenceExecutor"/> and <see cref="EmbeddingExecutor"/>: maps what comes in and what goes wrong, and decides nothing.</summary>
internal sealed partial class InferenceService(
    InferenceExecutor executor,
    EmbeddingExecutor embeddings,
    IInstanceIdentity instance,
    ILogger<InferenceService> logger)
    : Contracts.V1.Inference.InferenceBase
{
    public override Task Infer(InferRequest request, IServerStreamWriter<InferEvent> responseStream, ServerCallContext context) =>
        AnswerAsync(request.RequestId, context, async log =>
        {
            var sink = new GrpcSink(responseStream, instance.Id, context.GetHttpContext(), request.TakesTexts);
            await executor.ExecuteAsync(RequestMapping.ToRequest(request) with { Log = log }, sink, context.CancellationToken);
            return true;
        });

    public override Task<EmbedResponse> Embed(EmbedRequest request, ServerCallContext context) =>
        AnswerAsync(request.RequestId, context, async log =>
            Sendable(AnswerMapping.ToResponse(await embeddings.ExecuteAsync(RequestMapping.ToRequest(request) with { Log = log }, context.CancellationToken), instance.Id)));

    // The server would refuse to send it, without a word that a gateway understands.
    private static EmbedResponse Sendable(EmbedResponse response) => response.CalculateSize() <= InferenceExtensions.MaxMessageBytes
        ? response
        : throw MeshException.Invalid("input", "asks for more than 64 MiB of vectors; send fewer texts at once");

    private async Task<T> AnswerAsync<T>(string requestId, ServerCallContext context, Func<RequestScope, Task<T>> answer)
    {
        var log = new RequestScope(requestId);
        using var scope = logger.BeginRequest(log);
        try
        {
            return await answer(log);
        }
        catch (MeshException exception)
        {
            throw GrpcErrors.ToRpcException(exception);
        }
        catch (Exception exception) when (exception is ReaderGoneException || (exception is OperationCanceledException && context.CancellationToken.IsCancellationRequested))
        {
            CallerGone(logger, exception, requestId);
            throw new RpcException(new Status(StatusCode.Cancelled, "The caller has gone."));
        }
        catch (Exception exception)
        {
            Failed(logger, exception, requestId);
            throw GrpcErrors.ToRpcException(new MeshException(ErrorCode.Internal));
        }
    }

    [LoggerMessage(EventId = 211, EventName = "InferFailed", Level = LogLevel.Error, Message = "Request {RequestId} failed in the registry")]
    private static partial void Failed(ILogger logger, Exception exception, string requestId);

    // Nearly always no more than that; the exception is for the write that failed of something else.
    [LoggerMessage(EventId = 213, EventName = "InferCallerGone", Level = LogLevel.Debug, Message = "Request {RequestId} has no reader any more")]
    private static partial void CallerGone(ILogger logger, Exception exception, string requestId);
}
