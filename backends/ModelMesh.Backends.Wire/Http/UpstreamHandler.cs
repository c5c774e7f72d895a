namespace ModelMesh.Backends.Wire.Http;

/// <summary>Ties the connection that a request may have to wait for to the request's own cancellation, and keeps requests off connections that are about to close.</summary>
/// <param name="shared">What sends. Shared by all leases; it belongs to <see cref="UpstreamConnections"/>.</param>
/// <param name="closing">The servers that close connections unannounced, shared by all leases.</param>
/// <param name="closes">Whether this lease's server is known to be one.</param>
internal sealed class UpstreamHandler(SocketsHttpHandler shared, ClosingServers closing, bool closes) : HttpMessageHandler
{
    private readonly HttpMessageInvoker _invoker = new(shared, disposeHandler: false);

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        request.Options.Set(PendingConnect.Key, new PendingConnect(cancellationToken));
        if (closes || closing.Holds(request.RequestUri!))
        {
            request.Headers.ConnectionClose = true;
        }

        var response = await _invoker.SendAsync(request, cancellationToken);
        closing.Look(request.RequestUri!, response.Headers);
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
}
