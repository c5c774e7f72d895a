using ModelMesh.Gateway.Calls;
using ModelMesh.Gateway.Diagnostics;
using ModelMesh.Gateway.Embed;

namespace ModelMesh.Gateway.OpenAI.Embeddings;

/// <summary><c>POST /v1/embeddings</c>.</summary>
internal sealed class EmbeddingsEndpoint(ApplicationCall call, EmbedPipeline pipeline)
{
    public Task HandleAsync(HttpContext context) => call.RunAsync(context, "embeddings", EmbeddingsBody.Parse, async (request, trace, ended) =>
    {
        var response = await pipeline.RunAsync(context, request.Inputs, trace, ended);
        AnswerHeaders.Write(context.Response, response.Accepted, trace.Overhead);
        context.Response.ContentType = "application/json; charset=utf-8";
        await EmbeddingsJson.WriteAsync(context.Response.BodyWriter, response, request, ended);
        trace.Outcome = RequestOutcomes.Ok;
    });
}
