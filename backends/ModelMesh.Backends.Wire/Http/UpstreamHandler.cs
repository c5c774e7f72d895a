namespace ModelMesh.Backends.Wire.Http;

/// <summary>Ties the connection that a request may have to wait for to the request's own cancellation, keeps requests off connections that are about to close, and sends a request that such a connection lost again.</summary>
/// <param name="shared">What sends. Shared by all leases; it belongs to <see cref="UpstreamConnections"/>.</param>
/// <param name="closing">The servers that close connections unannounced, shared by all leases.</param>
/// <param name="closes">Whether this lease's server is known to be one.</param>
/// <param name="time">Says how soon a request was lost.</param>
internal sealed class UpstreamHandler(SocketsHttpHandler shared, ClosingServers closing, bool closes, TimeProvider time) : HttpMessageHandler
{
    // A server may close a connection that it kept in the moment that a request is sent on it, which shows at once. One that breaks off later has worked on it.
    private static readonly TimeSpan SoonAfter = TimeSpan.FromSeconds(1);

    private readonly HttpMessageInvoker _invoker = new(shared, disposeHandler: false);

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var began = time.GetTimestamp();
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                return await SendOnceAsync(request, cancellationToken);
            }
            catch (HttpRequestException exception) when (
                WasLost(exception) && attempt < MostAttempts(request.RequestUri!) && time.GetElapsedTime(began) < SoonAfter && !cancellationToken.IsCancellationRequested)
            {
                // Again, maybe on another connection.
            }
        }
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            _invoker.Dispose();
        }

        base.Dispose(disposing);
    }

    private static bool WasLost(HttpRequestException exception) =>
        exception.HttpRequestError == HttpRequestError.ResponseEnded || exception is { HttpRequestError: HttpRequestError.Unknown, InnerException: IOException };

    // A server that closes unannounced may have left several such connections in the pool.
    private int MostAttempts(Uri uri) => closes || closing.Holds(uri) ? 5 : 2;

    private async Task<HttpResponseMessage> SendOnceAsync(HttpRequestMessage request, CancellationToken cancellationToken)
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
}
