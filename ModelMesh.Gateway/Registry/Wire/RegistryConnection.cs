using System.Net;
using Grpc.Net.Client;
using ModelMesh.Contracts.V1;

namespace ModelMesh.Gateway.Registry.Wire;

/// <summary>The HTTP/2 connections to one registry instance, and the gRPC calls over them. They are opened when they are needed. Thread-safe.</summary>
internal sealed class RegistryConnection : IDisposable
{
    private readonly HttpMessageInvoker _http;
    private readonly GrpcChannel _channel;
    private readonly Uri _infer;
    private readonly Uri _alive;
    private readonly int _maxMessageBytes;

    public RegistryConnection(string address, RegistryOptions options, ILoggerFactory loggers)
    {
        var server = new Uri(address);
        (_infer, _alive, _maxMessageBytes) = (new Uri(server, "/modelmesh.v1.Inference/Infer"), new Uri(server, "/alive"), options.MaxMessageBytes);
        _http = new HttpMessageInvoker(new SocketsHttpHandler
        {
            // The registry lets one connection carry all streams of a gateway; a proxy in between may allow some hundred, and then more connections are opened.
            EnableMultipleHttp2Connections = true,
            PooledConnectionIdleTimeout = Timeout.InfiniteTimeSpan,
            ConnectTimeout = options.ConnectTimeout,

            // A peer that dies without a word (power, network) is noticed by its silence.
            KeepAlivePingDelay = options.PingDelay,
            KeepAlivePingTimeout = options.PingTimeout,
            KeepAlivePingPolicy = HttpKeepAlivePingPolicy.WithActiveRequests,
            UseProxy = false,

            // A registry sends neither, and each would be looked after with every call.
            UseCookies = false,
            AllowAutoRedirect = false,
        });
        _channel = GrpcChannel.ForAddress(server, new GrpcChannelOptions
        {
            HttpHandler = new SharedHandler(_http),
            MaxReceiveMessageSize = options.MaxMessageBytes,
            MaxSendMessageSize = null,

            // Failing over is ours to decide: the channel cannot know whether a token has reached the client.
            MaxRetryAttempts = null,
            ServiceConfig = null,
            LoggerFactory = loggers,
        });
        Client = new Inference.InferenceClient(_channel);
    }

    /// <summary>For all calls but <c>Infer</c>.</summary>
    public Inference.InferenceClient Client { get; }

    /// <param name="stop">Ends the call.</param>
    public InferCall Infer(InferRequest request, CancellationTokenSource stop) => new(_http, _infer, request, _maxMessageBytes, stop);

    /// <summary>Opens a connection before the first call needs it. A failure shows when a call comes.</summary>
    public async Task OpenAsync(CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(HttpMethod.Head, _alive) { Version = HttpVersion.Version20, VersionPolicy = HttpVersionPolicy.RequestVersionExact };
        try
        {
            using var answered = await _http.SendAsync(request, cancellationToken);
        }
        catch (HttpRequestException)
        {
            // The instance is not there yet, or no more.
        }
    }

    public void Dispose()
    {
        _channel.Dispose();
        _http.Dispose();
    }

    /// <summary>The same connections for the general client, which would otherwise open some of its own.</summary>
    private sealed class SharedHandler(HttpMessageInvoker http) : HttpMessageHandler
    {
        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken) => http.SendAsync(request, cancellationToken);
    }
}
