using Microsoft.Extensions.Options;
using ModelMesh.Contracts.Errors;
using ModelMesh.Contracts.V1;
using ModelMesh.Gateway.Answers;
using ModelMesh.Gateway.Calls;
using ModelMesh.Gateway.Diagnostics;
using ModelMesh.Gateway.Queue;
using ModelMesh.Gateway.Shutdown;
using ModelMesh.Gateway.Traffic;
using ModelMesh.ServiceDefaults.Errors;

namespace ModelMesh.Gateway.Chat;

/// <summary>
/// Every API's way from a body to an answer in words: one stream, sent on as it comes or collected at the edge. What fails before the first token, or
/// before a whole answer is there, is a plain HTTP error, but where the client of a stream was told that it waits for a slot (<see cref="QueueNotices"/>).
/// </summary>
internal sealed class ChatCall(
    ApplicationCall call, AnswerPipeline pipeline, StreamedAnswer streamed, AnswerCollector collector, IOptions<AnswerOptions> options, TimeProvider time)
{
    private const string EventStream = "text/event-stream; charset=utf-8";

    /// <param name="what">The API's name in traces, as <c>infer</c>.</param>
    /// <param name="parse">Makes a checked exchange of the body, which is gone afterwards.</param>
    public Task HandleAsync(HttpContext context, string what, Func<ReadOnlyMemory<byte>, IChatExchange> parse) =>
        call.RunAsync(context, what, parse, (exchange, trace, ended) => AnswerAsync(context, exchange, trace, ended));

    /// <summary>Answers what was parsed within an <see cref="ApplicationCall"/>.</summary>
    public async Task AnswerAsync(HttpContext context, IChatExchange exchange, InferTrace trace, CancellationToken ended)
    {
        trace.Asks(exchange.Request, CallTraits.Of(context), RequestId.Of(context), exchange.Stream);
        try
        {
            await (exchange.Stream ? StreamAsync(context, exchange, trace, ended) : SendWholeAsync(context, exchange, trace, ended));
        }
        catch (MeshException refused) when (refused.Code == ErrorCode.InvalidRequest)
        {
            throw ClientsWords.For(refused, exchange.NameOf);
        }
    }

    private async Task StreamAsync(HttpContext context, IChatExchange exchange, InferTrace trace, CancellationToken ended)
    {
        var output = new AnswerOutput(context.Response.BodyWriter);
        await using var notices = new QueueNotices(output, () => StreamedAnswer.WriteHeaders(context.Response, EventStream), options.Value, time, ended);
        try
        {
            await RunAsync(context, exchange, trace, exchange.IsEventStream ? notices.TellAsync : null, async stream =>
            {
                await notices.EndAsync();
                var answer = FirstToken(context, stream, trace);
                await streamed.SendAsync(context, output, stream, to => exchange.Format(answer, to), trace, ended);
            }, collects: false, ended);
        }
        catch (Exception exception)
        {
            await notices.EndAsync();
            if (!context.Response.HasStarted || context.RequestAborted.IsCancellationRequested)
            {
                throw;
            }

            // It was told that it waits, so the status has been sent.
            var error = ended.IsCancellationRequested ? StreamShutdown.Error() : ClientsWords.For(ErrorMapping.From(exception), exchange.NameOf);
            var nobody = new AnswerContext(new Accepted(), RequestId.Of(context), time.GetUtcNow());
            await streamed.FailAsync(context, output, to => exchange.Format(nobody, to), error, trace);
        }
    }

    private async Task SendWholeAsync(HttpContext context, IChatExchange exchange, InferTrace trace, CancellationToken ended)
    {
        CollectedAnswer? collected = null;
        await RunAsync(context, exchange, trace, null, async stream =>
        {
            var answer = FirstToken(context, stream, trace);
            collected = new CollectedAnswer(answer, await collector.CollectAsync(stream), trace.Overhead);
        }, collects: true, ended);
        trace.Completes(collected!.Answer.Completed);
        var body = exchange.Whole(collected.Context, collected.Answer);
        AnswerHeaders.Write(context.Response, collected.Context.Accepted, collected.Overhead);
        context.Response.ContentType = "application/json; charset=utf-8";
        context.Response.ContentLength = body.Length;
        await context.Response.Body.WriteAsync(body, ended);
        trace.Outcome = RequestOutcomes.Ok;
    }

    private Task RunAsync(HttpContext context, IChatExchange exchange, InferTrace trace, Func<Queued, Task>? queued, AnswerUse use, bool collects, CancellationToken ended) =>
        pipeline.RunAsync(exchange.Request, CallTraits.Of(context), RequestId.Of(context), StageHeaders.On(context.Response), trace, queued, use, collects, ended);

    private AnswerContext FirstToken(HttpContext context, IAnswerStream stream, InferTrace trace)
    {
        trace.FirstToken(stream.Accepted, stream.BackendWait);
        return new AnswerContext(stream.Accepted, RequestId.Of(context), time.GetUtcNow()) { FirstToken = time.GetTimestamp(), BackendWait = stream.BackendWait };
    }
}
