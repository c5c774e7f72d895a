using System.Net;
using System.Net.Http.Headers;

namespace ModelMesh.Bench.Wire;

/// <summary>Answers every request with the same body, without a network.</summary>
internal sealed class CannedUpstream(string mediaType, byte[] body, int maxRead, bool isAwaited = false) : HttpMessageHandler
{
    public CannedUpstream(CannedAnswer answer, Delivery delivery)
        : this(answer.MediaType, answer.ToBody(), delivery == Delivery.Blocks ? 16 * 1024 : answer.Chunk.Length, delivery == Delivery.AwaitedChunks)
    {
    }

    protected override HttpResponseMessage Send(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var content = new StreamContent(new CannedStream(body, maxRead, isAwaited));
        content.Headers.ContentType = new MediaTypeHeaderValue(mediaType);
        return new HttpResponseMessage(HttpStatusCode.OK) { Content = content, RequestMessage = request };
    }

    protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken) =>
        Task.FromResult(Send(request, cancellationToken));
}
