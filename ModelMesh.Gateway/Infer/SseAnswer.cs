using Grpc.Core;
using Microsoft.AspNetCore.Connections;
using Microsoft.Extensions.Options;
using ModelMesh.Contracts.Errors;
using ModelMesh.Gateway.Diagnostics;
using ModelMesh.Gateway.Infer.Sse;
using ModelMesh.Gateway.Registry;
using ModelMesh.Gateway.Shutdown;

namespace ModelMesh.Gateway.Infer;

/// <summary>Sends a stream that has its first token. From here on a failure is an event of the stream: the status has been sent.</summary>
internal sealed partial class SseAnswer(IOptions<InferOptions> options, TimeProvider time, ILogger<SseAnswer> logger)
{
    private static readonly TimeSpan LastWords = TimeSpan.FromSeconds(1);

    /// <param name="ended">Fires when the client has gone or the gateway must end its streams.</param>
    public async Task SendAsync(HttpContext context, InferStream stream, InferTrace trace, CancellationToken ended)
    {
        SseHeaders.Write(context.Response, stream.Accepted);
        var writer = new SseWriter(context.Response.BodyWriter);
        using var keepAlive = new KeepAlive(writer, options.Value.KeepAlive, time);
        var pump = new TokenPump(stream, writer, keepAlive);
        try
        {
            await pump.RunAsync(ended);
            trace.Outcome = "ok";
        }
        catch (Exception exception) when (exception is ConnectionAbortedException || context.RequestAborted.IsCancellationRequested)
        {
            trace.Outcome = "client_gone";
        }
        catch (Exception exception)
        {
            var error = ErrorOf(exception, stream, ended);
            trace.Outcome = ErrorTable.Row(error.Code).Name;
            Broke(error.Code is ErrorCode.Internal ? exception : null, stream.Accepted.Instance, trace.Outcome);
            await EndWithErrorAsync(context, writer, error);
        }
        finally
        {
            trace.Tokens = pump.Tokens;
        }
    }

    private static MeshException ErrorOf(Exception exception, InferStream stream, CancellationToken ended) => exception switch
    {
        _ when ended.IsCancellationRequested => StreamShutdown.Error(),
        RpcException broken => stream.Explain(broken).Error,
        MeshException own => own,
        _ => new MeshException(ErrorCode.Internal, innerException: exception),
    };

    // A client that takes nothing must not hold up the gateway's end, so its last words are bounded in time.
    private async Task EndWithErrorAsync(HttpContext context, SseWriter writer, MeshException error)
    {
        using var bounded = new CancellationTokenSource(LastWords, time);
        try
        {
            await writer.FlushedAsync(bounded.Token);
            writer.Error(error);
            await writer.FlushAsync(bounded.Token);
        }
        catch (OperationCanceledException)
        {
            context.Abort();
        }
    }

    // A registry that goes takes many streams with it: only what nobody foresaw is worth a stack trace each.
    [LoggerMessage(EventId = 30, EventName = "StreamBroke", Level = LogLevel.Warning, Message = "A stream from registry instance {Instance} ended with {Outcome}")]
    private partial void Broke(Exception? exception, string instance, string outcome);
}
