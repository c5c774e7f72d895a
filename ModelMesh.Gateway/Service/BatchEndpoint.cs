using Microsoft.Extensions.Options;
using ModelMesh.Gateway.Answers;
using ModelMesh.Gateway.Calls;
using ModelMesh.Gateway.Chat;
using ModelMesh.Gateway.Diagnostics;
using ModelMesh.Gateway.Traffic;

namespace ModelMesh.Gateway.Service;

/// <summary><c>POST /v1/batch_infer</c>. Each of its requests has its own answer, and so the batch succeeds whatever becomes of them.</summary>
internal sealed class BatchEndpoint(ApplicationCall call, WholeCall whole, IOptions<ServiceOptions> options, IOptions<AnswerOptions> answers, TimeProvider time)
{
    /// <summary>Its name in traces.</summary>
    public const string Api = "batch_infer";

    public Task HandleAsync(HttpContext context) => call.RunAsync(
        context,
        Api,
        body => BatchBody.Parse(body, options.Value.MaxBatch),
        async (batch, trace, ended) =>
        {
            trace.HasParts();
            var run = new BatchRun(batch, CallTraits.Of(context), RequestId.Of(context), whole, time, answers.Value.MaxWholeAnswer, context.RequestAborted, ended);
            var results = await run.RunAsync(options.Value.BatchParallelism);
            await WriteAsync(context, batch.IsObject, results);
            trace.Outcome = RequestOutcomes.Ok;
        });

    private static async Task WriteAsync(HttpContext context, bool asObject, IReadOnlyList<ReadOnlyMemory<byte>> results)
    {
        var cancellationToken = context.RequestAborted;
        var body = context.Response.Body;
        context.Response.ContentType = "application/json; charset=utf-8";
        await body.WriteAsync(asObject ? "{\"results\":["u8.ToArray() : "["u8.ToArray(), cancellationToken);
        foreach (var (index, result) in results.Index())
        {
            if (index > 0)
            {
                await body.WriteAsync(","u8.ToArray(), cancellationToken);
            }

            await body.WriteAsync(result, cancellationToken);
        }

        await body.WriteAsync(asObject ? "]}"u8.ToArray() : "]"u8.ToArray(), cancellationToken);
    }
}
