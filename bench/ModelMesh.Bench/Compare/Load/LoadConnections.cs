namespace ModelMesh.Bench.Compare.Load;

/// <summary>Connections that outlive a run, so that the next finds them open.</summary>
internal sealed class LoadConnections : IDisposable
{
    private readonly HttpMessageInvoker _http = new(new SocketsHttpHandler
    {
        UseCookies = false,
        UseProxy = false,
        EnableMultipleHttp2Connections = true,
        ActivityHeadersPropagator = null,
        ResponseDrainTimeout = TimeSpan.Zero,
        PooledConnectionLifetime = Timeout.InfiniteTimeSpan,
    });

    public Task<HttpResponseMessage> SendAsync(HttpRequestMessage message, CancellationToken cancellationToken) => _http.SendAsync(message, cancellationToken);

    public void Dispose() => _http.Dispose();
}
