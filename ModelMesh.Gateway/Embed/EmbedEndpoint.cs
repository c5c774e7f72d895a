using System.Text.Json;
using Grpc.Core;
using Microsoft.Extensions.Options;
using ModelMesh.Contracts.Errors;
using ModelMesh.Gateway.Diagnostics;
using ModelMesh.Gateway.Limits;
using ModelMesh.Gateway.Registry;
using ModelMesh.Gateway.Shutdown;
using ModelMesh.ServiceDefaults.Errors;

namespace ModelMesh.Gateway.Embed;

/// <summary><c>POST /embed</c>.</summary>
internal sealed class EmbedEndpoint(InferDispatcher dispatcher, StreamShutdown shutdown, IOptions<LimitOptions> limits, GatewayMetrics metrics, TimeProvider time)
{
    public async Task HandleAsync(HttpContext context)
    {
        using var trace = new InferTrace("embed", metrics, time);
        using var ended = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted, shutdown.MustEnd);
        try
        {
            var inputs = await ReadAsync(context, ended.Token);
            var response = await dispatcher.EmbedAsync(inputs, RequestId.Of(context), ended.Token);
            trace.Serves(response.Accepted);
            AnswerHeaders.Write(context.Response, response.Accepted);
            context.Response.ContentType = "application/json; charset=utf-8";
            await JsonSerializer.SerializeAsync(context.Response.Body, EmbedAnswer.From(response), EmbedJson.Default.EmbedAnswer, ended.Token);
            trace.Outcome = "ok";
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
            trace.Outcome = ErrorTable.Row(ErrorMapping.From(exception).Code).Name;
            throw;
        }
    }

    private async Task<EmbeddingInputs> ReadAsync(HttpContext context, CancellationToken cancellationToken)
    {
        limits.Value.ApplyTo(context);
        using var body = await PooledBody.ReadAsync(context.Request, limits.Value.MaxBodyBytes, cancellationToken);
        return EmbedBody.Parse(body.Bytes);
    }
}
