namespace ModelMesh.Backends.Wire.Http;

/// <summary>
/// Ties the connection that a request may have to wait for to the request's own cancellation, and keeps requests off connections that are about to close: servers
/// on cpp-httplib (llama.cpp's, Lemonade) announce to keep one and close it after a streamed answer all the same, so the next request on it would be lost.
/// </summary>
/// <param name="shared">What sends. Shared by all leases; it belongs to <see cref="UpstreamConnections"/>.</param>
/// <param name="closesAfterStreams">Whether the server is known to do so; else it is found out from its first streamed answer.</param>
internal sealed class UpstreamHandler(SocketsHttpHandler shared, bool closesAfterStreams) : HttpMessageHandler
{
    private readonly HttpMessageInvoker _invoker = new(shared, disposeHandler: false);
    private volatile bool _closesAfterStreams = closesAfterStreams;

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        request.Options.Set(PendingConnect.Key, new PendingConnect(cancellationToken));
        if (_closesAfterStreams)
        {
            request.Headers.ConnectionClose = true;
        }

        var response = await _invoker.SendAsync(request, cancellationToken);
        if (!_closesAfterStreams && IsOfCppHttplib(response))
        {
            _closesAfterStreams = true;
        }

        return response;
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            _invoker.Dispose();
        }

        base.Dispose(disposing);
    }

    // "Keep-Alive: timeout=5, max=100" on a streamed answer; others that name a maximum lose no more than a connection by it.
    private static bool IsOfCppHttplib(HttpResponseMessage response) =>
        response.Headers.TransferEncodingChunked == true
        && response.Headers.TryGetValues("Keep-Alive", out var values)
        && values.Any(value => value.Contains("max=", StringComparison.Ordinal));
}
