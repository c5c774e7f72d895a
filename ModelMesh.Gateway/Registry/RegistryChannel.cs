using Grpc.Net.Client;

namespace ModelMesh.Gateway.Registry;

internal static class RegistryChannel
{
    // The channel's own waiting between connection attempts; ours, the quarantine, decides who is asked.
    private static readonly TimeSpan FirstReconnect = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan LastReconnect = TimeSpan.FromSeconds(1);

    public static GrpcChannel Open(string address, RegistryOptions options, ILoggerFactory loggers) => GrpcChannel.ForAddress(address, new GrpcChannelOptions
    {
        HttpHandler = new SocketsHttpHandler
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
        },
        DisposeHttpClient = true,
        MaxReceiveMessageSize = options.MaxMessageBytes,
        MaxSendMessageSize = null,
        InitialReconnectBackoff = FirstReconnect,
        MaxReconnectBackoff = LastReconnect,

        // Failing over is ours to decide: the channel cannot know whether a token has reached the client.
        MaxRetryAttempts = null,
        ServiceConfig = null,
        LoggerFactory = loggers,
    });
}
