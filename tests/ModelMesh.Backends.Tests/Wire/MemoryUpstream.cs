using System.Net;
using System.Net.Http.Headers;

namespace ModelMesh.Backends.Tests.Wire;

/// <summary>Answers with an event stream that is in memory: every read has its result at once, on the caller's thread.</summary>
internal sealed class MemoryUpstream(byte[] body) : HttpMessageHandler
{
    protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var content = new ByteArrayContent(body);
        content.Headers.ContentType = new MediaTypeHeaderValue("text/event-stream");
        return Task.FromResult(new HttpResponseMessage(HttpStatusCode.OK) { Content = content });
    }
}
