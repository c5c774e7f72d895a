using System.Text.Json;
using ModelMesh.Gateway.Calls;
using ModelMesh.Gateway.Diagnostics;

namespace ModelMesh.Gateway.Embed;

/// <summary><c>POST /embed</c>.</summary>
internal sealed class EmbedEndpoint(ApplicationCall call, EmbedPipeline pipeline)
{
    public Task HandleAsync(HttpContext context) => call.RunAsync(context, "embed", EmbedBody.Parse, async (inputs, trace, ended) =>
    {
        var response = await pipeline.RunAsync(context, inputs, trace, ended);
        AnswerHeaders.Write(context.Response, response.Accepted, trace.Overhead);
        context.Response.ContentType = "application/json; charset=utf-8";
        await JsonSerializer.SerializeAsync(context.Response.Body, EmbedAnswer.From(response), EmbedJson.Default.EmbedAnswer, ended);
        trace.Outcome = RequestOutcomes.Ok;
    });
}
