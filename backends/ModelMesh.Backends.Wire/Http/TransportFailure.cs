using System.Net.Sockets;
using System.Security.Authentication;
using ModelMesh.Backends.Sdk;

namespace ModelMesh.Backends.Wire.Http;

/// <summary>Turns what the network does into the mesh's terms.</summary>
public static class TransportFailure
{
    /// <summary>
    /// Whether an exception is the network's doing. A cancelled request may end with any of them, its socket having been closed under it: whoever catches one asks
    /// the caller's token first.
    /// </summary>
    public static bool IsOne(Exception exception) =>
        exception is HttpRequestException or IOException or SocketException or AuthenticationException or OperationCanceledException or ObjectDisposedException;

    /// <summary>The failure of a request that got no answer.</summary>
    public static BackendException BeforeAnswer(Exception exception) => exception switch
    {
        // Nobody cancelled, so it was the one time-out there is.
        OperationCanceledException => Unavailable($"The upstream could not be connected to within {UpstreamConnections.ConnectTimeout.TotalSeconds:0} s.", exception),
        AuthenticationException => Unavailable("The TLS handshake with the upstream failed.", exception),
        HttpRequestException { InnerException: AuthenticationException } => Unavailable("The TLS handshake with the upstream failed.", exception),
        HttpRequestException { HttpRequestError: HttpRequestError.NameResolutionError } => Unavailable("The upstream's host name could not be resolved.", exception),
        HttpRequestException { HttpRequestError: HttpRequestError.SecureConnectionError } => Unavailable("The TLS handshake with the upstream failed.", exception),
        HttpRequestException { HttpRequestError: HttpRequestError.ProxyTunnelError } => Unavailable("The proxy on the way to the upstream refused the connection.", exception),
        HttpRequestException { HttpRequestError: HttpRequestError.ConnectionError, InnerException: SocketException socket } => Unavailable(OfSocket(socket.SocketErrorCode), exception),
        HttpRequestException { HttpRequestError: HttpRequestError.ConnectionError } => Unavailable("The upstream could not be connected to.", exception),
        SocketException socket => Unavailable(OfSocket(socket.SocketErrorCode), exception),
        _ => new BackendException(BackendErrorKind.Protocol, "The upstream broke the connection off before it answered.", exception),
    };

    /// <summary>The failure of an answer that had begun.</summary>
    public static BackendException InAnswer(Exception exception) =>
        new(BackendErrorKind.Protocol, "The upstream broke the connection off in the middle of its answer.", exception);

    private static string OfSocket(SocketError error) => error switch
    {
        SocketError.ConnectionRefused => "The upstream refused the connection.",
        SocketError.HostNotFound or SocketError.TryAgain or SocketError.NoData => "The upstream's host name could not be resolved.",
        SocketError.TimedOut => "The upstream did not answer the attempt to connect.",
        SocketError.HostUnreachable or SocketError.NetworkUnreachable => "There is no route to the upstream.",
        _ => "The upstream could not be connected to.",
    };

    private static BackendException Unavailable(string message, Exception exception) => new(BackendErrorKind.Unavailable, message, exception);
}
