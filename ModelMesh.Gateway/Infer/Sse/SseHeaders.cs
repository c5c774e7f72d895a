using ModelMesh.Contracts.V1;
using ModelMesh.Gateway.Diagnostics;

namespace ModelMesh.Gateway.Infer.Sse;

internal static class SseHeaders
{
    public static void Write(HttpResponse response, Accepted accepted)
    {
        response.ContentType = "text/event-stream; charset=utf-8";
        response.Headers.CacheControl = "no-cache";

        // nginx and its like hold answers back otherwise.
        response.Headers["X-Accel-Buffering"] = "no";
        AnswerHeaders.Write(response, accepted);
    }
}
