using Grpc.Core;
using Microsoft.AspNetCore.Connections;
using Microsoft.Extensions.Options;
using ModelMesh.Contracts.Errors;
using ModelMesh.Gateway.Diagnostics;
using ModelMesh.Gateway.Limits;
using ModelMesh.Gateway.Shutdown;
using ModelMesh.ServiceDefaults.Errors;
using ModelMesh.ServiceDefaults.Http;

namespace ModelMesh.Gateway.Calls;

/// <summary>
/// What every call of an application has in common: its body is read within the limits, it ends when the client goes or the gateway has to end its streams, and
/// metrics and trace learn how it ended. What it throws is a plain HTTP error, as long as nothing was sent.
/// </summary>
internal sealed class ApplicationCall(StreamShutdown shutdown, IOptions<LimitOptions> limits, GatewayMetrics metrics, TimeProvider time)
{
    /// <param name="what">Its name in traces, as <c>infer</c>.</param>
    /// <param name="parse">Makes a checked request of the body, which is gone afterwards.</param>
    /// <param name="answer">Answers it, and sets the trace's outcome.</param>
    public async Task RunAsync<T>(HttpContext context, string what, Func<ReadOnlyMemory<byte>, T> parse, Func<T, InferTrace, CancellationToken, Task> answer)
    {
        using var trace = new InferTrace(what, metrics, time, RequestIdExtensions.ScopeOf(context));
        using var ended = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted, shutdown.MustEnd);
        try
        {
            var request = await ReadAsync(context, parse, trace, ended.Token);
            await answer(request, trace, ended.Token);
        }
        catch (Exception exception) when (exception is ConnectionAbortedException || context.RequestAborted.IsCancellationRequested)
        {
            trace.Outcome = RequestOutcomes.ClientGone;
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

    private async Task<T> ReadAsync<T>(HttpContext context, Func<ReadOnlyMemory<byte>, T> parse, InferTrace trace, CancellationToken cancellationToken)
    {
        limits.Value.ApplyTo(context);
        PlainBody.Demand(context.Request);
        using var body = await PooledBody.ReadAsync(context.Request, limits.Value.MaxBodyBytes, cancellationToken);
        trace.Read();
        return parse(body.Bytes);
    }
}
