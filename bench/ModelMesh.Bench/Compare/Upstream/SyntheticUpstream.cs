using System.Diagnostics;
using System.IO.Pipelines;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using ModelMesh.Bench.Compare.Load;

namespace ModelMesh.Bench.Compare.Upstream;

/// <summary>
/// A model server that is nothing but its protocol: answers OpenAI chat completions as the model's name says (<see cref="TokenPlan"/>), with each token's event flushed by itself.
/// </summary>
internal sealed class SyntheticUpstream(Pacer pacer)
{
    /// <summary>Says how many answers are being written.</summary>
    public const string OpenPath = "/open";

    private readonly KeptAnswers _answers = new();
    private int _open;

    /// <summary>Serves until the process is told to end. HTTP/1.1 on one port, HTTP/2 without TLS on the other.</summary>
    /// <exception cref="FormatException">It cannot listen there.</exception>
    public static async Task RunAsync(int port, int http2Port)
    {
        using var pacer = new Pacer();
        await using var application = Build(pacer, kestrel =>
        {
            kestrel.ListenLocalhost(port, listen => listen.Protocols = HttpProtocols.Http1);
            kestrel.ListenLocalhost(http2Port, listen => listen.Protocols = HttpProtocols.Http2);
        });
        try
        {
            await application.StartAsync();
        }
        catch (IOException exception)
        {
            throw new FormatException($"The upstream cannot listen on ports {port} and {http2Port}: {exception.Message.TrimEnd('.')}.", exception);
        }

        await application.WaitForShutdownAsync();
    }

    public static WebApplication Build(Pacer pacer, Action<KestrelServerOptions> listen)
    {
        var upstream = new SyntheticUpstream(pacer);
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Limits.MaxRequestBodySize = 64 << 20;
            listen(kestrel);
        });
        var application = builder.Build();
        application.Run(upstream.AnswerAsync);
        return application;
    }

    private async Task AnswerAsync(HttpContext context)
    {
        var path = context.Request.Path.Value ?? "";
        if (!path.EndsWith("/chat/completions", StringComparison.Ordinal))
        {
            if (path == OpenPath)
            {
                await context.Response.WriteAsync($"{Volatile.Read(ref _open)}");
                return;
            }

            // Whoever looks whether it is well finds that it is.
            context.Response.StatusCode = HttpMethods.IsGet(context.Request.Method) ? StatusCodes.Status200OK : StatusCodes.Status404NotFound;
            context.Response.ContentType = "application/json";
            await context.Response.WriteAsync("""{"object":"list","data":[]}""");
            return;
        }

        if (await ReadAsync(context.Request.BodyReader, context.RequestAborted) is not { } wanted)
        {
            await RefuseAsync(context, "The body is no JSON object whose model is a plan.");
            return;
        }

        if (!wanted.Stream && wanted.Plan.Tokens > TokenPlan.MostInOnePiece)
        {
            await RefuseAsync(context, $"An answer in one piece has at most {TokenPlan.MostInOnePiece} tokens.");
            return;
        }

        Interlocked.Increment(ref _open);
        var answer = _answers.Of(wanted.Plan);
        try
        {
            await (wanted.Stream ? StreamAsync(context, wanted.Plan, answer) : WholeAsync(context, wanted.Plan, answer));
        }
        catch (OperationCanceledException) when (context.RequestAborted.IsCancellationRequested)
        {
            // The reader has gone.
        }
        finally
        {
            Interlocked.Decrement(ref _open);
        }
    }

    private static Task RefuseAsync(HttpContext context, string why)
    {
        context.Response.StatusCode = StatusCodes.Status400BadRequest;
        context.Response.ContentType = "application/json";
        return context.Response.WriteAsync($$$"""{"error":{"message":"{{{why}}}","type":"invalid_request_error"}}""");
    }

    private static async Task<WantedAnswer?> ReadAsync(PipeReader body, CancellationToken cancellationToken)
    {
        ReadResult result;
        while (!(result = await body.ReadAsync(cancellationToken)).IsCompleted)
        {
            body.AdvanceTo(result.Buffer.Start, result.Buffer.End);
        }

        var wanted = WantedAnswer.TryRead(result.Buffer);
        body.AdvanceTo(result.Buffer.End);
        return wanted;
    }

    private async Task WholeAsync(HttpContext context, TokenPlan plan, AnswerBytes answer)
    {
        var taken = plan.FirstMs + ((long)plan.GapMs * (plan.Tokens - 1));
        await pacer.WaitAsync(new Pacer.Turn(), PreciseClock.After(Stopwatch.GetTimestamp(), TimeSpan.FromMilliseconds(taken)));
        context.Response.ContentType = "application/json";
        context.Response.ContentLength = answer.Whole.Length;
        await context.Response.BodyWriter.WriteAsync(answer.Whole, context.RequestAborted);
    }

    private async Task StreamAsync(HttpContext context, TokenPlan plan, AnswerBytes answer)
    {
        context.Response.ContentType = "text/event-stream; charset=utf-8";
        var (turn, writer, gone) = (new Pacer.Turn(), context.Response.BodyWriter, context.RequestAborted);
        var due = PreciseClock.After(Stopwatch.GetTimestamp(), TimeSpan.FromMilliseconds(plan.FirstMs));
        var gap = PreciseClock.After(0, TimeSpan.FromMilliseconds(plan.GapMs));
        for (var token = 0; token < plan.Tokens; token++)
        {
            await pacer.WaitAsync(turn, due);
            gone.ThrowIfCancellationRequested();
            if (token == 0)
            {
                Write(writer, answer.Role);
            }

            answer.WriteChunk(writer.GetSpan(answer.ChunkLength), token);
            writer.Advance(answer.ChunkLength);
            await writer.FlushAsync(gone);

            // As an engine does: a token that was late does not make the next ones late.
            due += gap;
        }

        Write(writer, answer.End);
        await writer.FlushAsync(gone);
    }

    private static void Write(PipeWriter writer, byte[] bytes)
    {
        bytes.CopyTo(writer.GetSpan(bytes.Length));
        writer.Advance(bytes.Length);
    }
}
