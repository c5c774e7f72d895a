using Grpc.Core;
using Microsoft.AspNetCore.Connections;
using Microsoft.Extensions.Options;
using ModelMesh.Contracts.Errors;
using ModelMesh.Gateway.Diagnostics;
using ModelMesh.Gateway.Shutdown;

namespace ModelMesh.Gateway.Answers;

/// <summary>Sends a stream that has its first token. From here on a failure is an event of the stream: the status has been sent.</summary>
internal sealed partial class StreamedAnswer(IOptions<AnswerOptions> options, TimeProvider time, ILogger<StreamedAnswer> logger)
{
    private static readonly TimeSpan LastWords = TimeSpan.FromSeconds(1);

    /// <param name="open">Makes the answer's format.</param>
    /// <param name="ended">Fires when the client has gone or the gateway must end its streams.</param>
    public async Task SendAsync(HttpContext context, AnswerOutput output, IAnswerStream stream, Func<AnswerOutput, IAnswerFormat> open, InferTrace trace, CancellationToken ended)
    {
        var format = open(output);
        if (context.Response.HasStarted)
        {
            output.Raw(AnswerHeaders.Comment(stream.Accepted));
        }
        else
        {
            WriteHeaders(context.Response, format.ContentType);
            AnswerHeaders.Write(context.Response, stream.Accepted, trace.Overhead);
        }

        using var keepAlive = new KeepAlive(format, output, options.Value.KeepAlive, time);
        var pump = new TokenPump(stream, format, output, keepAlive, trace.Gaps(stream.Accepted));
        try
        {
            await pump.RunAsync(ended);
            trace.Completes(pump.Completed!);
            trace.Outcome = RequestOutcomes.Ok;
        }
        catch (Exception exception) when (exception is ConnectionAbortedException || context.RequestAborted.IsCancellationRequested)
        {
            trace.Outcome = RequestOutcomes.ClientGone;
        }
        catch (Exception exception)
        {
            var error = ErrorOf(exception, stream, ended);
            trace.Outcome = ErrorTable.Row(error.Code).Name;
            Broke(error.Code is ErrorCode.Internal ? exception : null, stream.Accepted.Instance, trace.Outcome);
            await EndWithErrorAsync(context, format, output, error);
        }
        finally
        {
            trace.Pieces = pump.Pieces;
        }
    }

    /// <summary>Ends a stream that has begun, but got no first token.</summary>
    /// <param name="open">Makes the answer's format.</param>
    public async Task FailAsync(HttpContext context, AnswerOutput output, Func<AnswerOutput, IAnswerFormat> open, MeshException error, InferTrace trace)
    {
        trace.Outcome = ErrorTable.Row(error.Code).Name;
        Broke(error.Code is ErrorCode.Internal ? error : null, "(none)", trace.Outcome);
        await EndWithErrorAsync(context, open(output), output, error);
    }

    /// <summary>What every stream's response says before anything is known of who serves it.</summary>
    public static void WriteHeaders(HttpResponse response, string contentType)
    {
        response.ContentType = contentType;
        response.Headers.CacheControl = "no-cache";

        // nginx and its like hold answers back otherwise.
        response.Headers["X-Accel-Buffering"] = "no";
    }

    private static MeshException ErrorOf(Exception exception, IAnswerStream stream, CancellationToken ended) => exception switch
    {
        _ when ended.IsCancellationRequested => StreamShutdown.Error(),
        RpcException broken => stream.Explain(broken),
        MeshException own => own,
        _ => new MeshException(ErrorCode.Internal, innerException: exception),
    };

    // A client that takes nothing must not hold up the gateway's end, so its last words are bounded in time.
    private async Task EndWithErrorAsync(HttpContext context, IAnswerFormat format, AnswerOutput output, MeshException error)
    {
        using var bounded = new CancellationTokenSource(LastWords, time);
        try
        {
            await output.FlushedAsync(bounded.Token);
            format.Error(error);
            await output.FlushAsync(bounded.Token);
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
