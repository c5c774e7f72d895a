using Grpc.Core;
using Microsoft.Extensions.Options;
using ModelMesh.Contracts.Errors;
using ModelMesh.Gateway.Diagnostics;
using ModelMesh.Gateway.Infer.Body;
using ModelMesh.Gateway.Limits;
using ModelMesh.Gateway.Registry;
using ModelMesh.Gateway.Shutdown;
using ModelMesh.ServiceDefaults.Errors;

namespace ModelMesh.Gateway.Infer;

/// <summary><c>POST /infer</c>. What fails here, before the first token, is a plain HTTP error.</summary>
internal sealed class InferEndpoint(
    InferDispatcher dispatcher, SseAnswer answer, StreamShutdown shutdown, IOptions<LimitOptions> limits, GatewayMetrics metrics, TimeProvider time)
{
    public async Task HandleAsync(HttpContext context)
    {
        using var trace = new InferTrace("infer", metrics, time);
        using var ended = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted, shutdown.MustEnd);
        try
        {
            var request = await ReadAsync(context, ended.Token);
            using var stream = await dispatcher.OpenAsync(request, RequestId.Of(context), ended.Token);
            trace.FirstToken(stream.Accepted);
            await answer.SendAsync(context, stream, trace, ended.Token);
        }
        catch (Exception) when (context.RequestAborted.IsCancellationRequested)
        {
            trace.Outcome = "client_gone";
        }
        catch (Exception exception) when (exception is OperationCanceledException or RpcException && ended.IsCancellationRequested)
        {
            var error = StreamShutdown.Error();
            trace.Outcome = ErrorTable.Row(error.Code).Name;
            throw error;
        }
        catch (Exception exception)
        {
            // What the client is told, a body that the server itself could not read among it.
            trace.Outcome = ErrorTable.Row(ErrorMapping.From(exception).Code).Name;
            throw;
        }
    }

    private async Task<ChatRequest> ReadAsync(HttpContext context, CancellationToken cancellationToken)
    {
        limits.Value.ApplyTo(context);
        using var body = await PooledBody.ReadAsync(context.Request, limits.Value.MaxBodyBytes, cancellationToken);
        return InferBody.Parse(body.Bytes);
    }
}
