using System.Globalization;
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
        response.Headers["x-modelmesh-model"] = HeaderText.Encode(accepted.Model);
        response.Headers["x-modelmesh-version"] = HeaderText.Encode(accepted.Version);
        response.Headers["x-modelmesh-revision"] = accepted.Revision.ToString(CultureInfo.InvariantCulture);
        response.Headers["x-modelmesh-instance"] = HeaderText.Encode(accepted.Instance);
    }
}
