namespace ModelMesh.Backends.Wire.Http;

/// <summary>Ties the connection that a request may have to wait for to the request's own cancellation.</summary>
internal sealed class UpstreamHandler(SocketsHttpHandler shared) : HttpMessageHandler
{
    // The handler under it is shared by all leases and belongs to UpstreamConnections.
    private readonly HttpMessageInvoker _invoker = new(shared, disposeHandler: false);

    protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        request.Options.Set(PendingConnect.Key, new PendingConnect(cancellationToken));
        return _invoker.SendAsync(request, cancellationToken);
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
