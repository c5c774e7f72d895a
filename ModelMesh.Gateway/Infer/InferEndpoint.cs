using ModelMesh.Gateway.Calls;
using ModelMesh.Gateway.Diagnostics;
using ModelMesh.Gateway.Infer.Body;
using ModelMesh.Gateway.Registry;

namespace ModelMesh.Gateway.Infer;

/// <summary><c>POST /infer</c>. What fails here, before the first token, is a plain HTTP error.</summary>
internal sealed class InferEndpoint(ApplicationCall call, InferDispatcher dispatcher, SseAnswer answer)
{
    public Task HandleAsync(HttpContext context) => call.RunAsync(context, "infer", InferBody.Parse, async (request, trace, ended) =>
    {
        using var stream = await dispatcher.OpenAsync(request, RequestId.Of(context), ended);
        trace.FirstToken(stream.Accepted);
        await answer.SendAsync(context, stream, trace, ended);
    });
}
