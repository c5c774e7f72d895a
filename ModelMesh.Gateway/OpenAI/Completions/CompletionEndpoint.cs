using System.Collections.Concurrent;
using Microsoft.Extensions.Options;
using ModelMesh.Contracts.Errors;
using ModelMesh.Gateway.Answers;
using ModelMesh.Gateway.Calls;
using ModelMesh.Gateway.Chat;
using ModelMesh.Gateway.Diagnostics;
using ModelMesh.Gateway.Service;
using ModelMesh.Gateway.Traffic;

namespace ModelMesh.Gateway.OpenAI.Completions;

/// <summary><c>POST /v1/completions</c>: a chat where there is one prompt; several run side by side, and the first that fails is the answer.</summary>
internal sealed class CompletionEndpoint(ApplicationCall call, ChatCall chat, WholeCall whole, IOptions<ServiceOptions> options, IOptions<AnswerOptions> answerOptions)
{
    private const string Api = "completions";

    public Task HandleAsync(HttpContext context) => call.RunAsync(
        context,
        Api,
        body => CompletionBody.Parse(body, options.Value.MaxBatch),
        (exchange, trace, ended) => exchange.Requests.Count == 1 ? chat.AnswerAsync(context, exchange, trace, ended) : AnswerManyAsync(context, exchange, trace, ended));

    private async Task AnswerManyAsync(HttpContext context, CompletionExchange exchange, InferTrace trace, CancellationToken ended)
    {
        trace.HasParts();
        var requests = exchange.Requests;
        var answers = new CollectedAnswer[requests.Count];
        var budget = new AnswerBudget(answerOptions.Value.MaxWholeAnswer);
        var (headers, ways) = (StageHeaders.On(context.Response), new ConcurrentBag<StageHeaders>());
        MeshException? failure = null;
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(ended);
        try
        {
            await SideBySide.RunAsync(
                requests.Count,
                options.Value.BatchParallelism,
                async index =>
                {
                    // Of those that wait for their turn nothing is begun once one has failed.
                    stop.Token.ThrowIfCancellationRequested();
                    var way = new StageHeaders();
                    ways.Add(way);
                    answers[index] = await whole.RunAsync(Api, requests[index], CallTraits.Of(context), $"{RequestId.Of(context)}-{index}", way, stop.Token);
                    budget.Take(answers[index].Answer.Bytes);
                },
                (_, error) =>
                {
                    failure ??= error;
                    stop.Cancel();
                });
        }
        catch (Exception) when (failure is not null && !ended.IsCancellationRequested)
        {
            // The others were stopped, because of the one that failed.
        }
        finally
        {
            AnswerHeaders.WriteSum(headers, ways);
        }

        if (failure is not null)
        {
            throw ClientsWords.For(failure, exchange.NameOf);
        }

        var first = answers[0].Context with { RequestId = RequestId.Of(context) };
        AnswerHeaders.Write(context.Response, first.Accepted, answers[0].Overhead);
        var body = CompletionJson.Write(first, exchange.Request.AnsweredAs(first.Accepted), [.. answers.Select(answer => answer.Answer)]);
        context.Response.ContentType = "application/json; charset=utf-8";
        context.Response.ContentLength = body.Length;
        await context.Response.Body.WriteAsync(body, ended);
        trace.Outcome = RequestOutcomes.Ok;
    }
}
