using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using Grpc.Core;

namespace ModelMesh.Gateway.Registry.Wire;

/// <summary>What a gRPC response says of how its call went.</summary>
internal static class CallStatus
{
    private const string StatusHeader = "grpc-status";
    private const string MessageHeader = "grpc-message";
    private const string BinarySuffix = "-bin";

    /// <exception cref="RpcException">It is no gRPC response: something that is no registry answers at the address.</exception>
    public static void RequireGrpc(HttpResponseMessage response)
    {
        if (response.StatusCode != HttpStatusCode.OK)
        {
            throw new RpcException(new Status(Of(response.StatusCode), $"The peer answers with the HTTP status {(int)response.StatusCode}."));
        }

        if (response.Content.Headers.ContentType?.MediaType is not { } type || !type.StartsWith("application/grpc", StringComparison.OrdinalIgnoreCase))
        {
            throw new RpcException(new Status(StatusCode.Unavailable, "The peer answers with something else than gRPC."));
        }
    }

    /// <exception cref="RpcException">The call failed, or does not say that it succeeded.</exception>
    public static void RequireSuccess(HttpResponseMessage response)
    {
        // A call that fails before its first message has its status among the headers.
        var headers = response.TrailingHeaders.Contains(StatusHeader) ? response.TrailingHeaders : (HttpHeaders)response.Headers;
        if (!headers.TryGetValues(StatusHeader, out var values) || !int.TryParse(values.First(), NumberStyles.None, CultureInfo.InvariantCulture, out var code))
        {
            throw new RpcException(new Status(StatusCode.Unavailable, "The call ended without a status."));
        }

        if (code != (int)StatusCode.OK)
        {
            var message = headers.TryGetValues(MessageHeader, out var texts) ? Uri.UnescapeDataString(texts.First()) : "";
            throw new RpcException(new Status((StatusCode)code, message), TrailersOf(headers));
        }
    }

    /// <summary>What is thrown for a call that broke on this side of the wire.</summary>
    public static RpcException Broken(Exception cause, bool isCancelled) => isCancelled
        ? new RpcException(new Status(StatusCode.Cancelled, "The call was cancelled.", cause))
        : new RpcException(new Status(StatusCode.Unavailable, $"The call broke: {cause.Message}", cause));

    private static StatusCode Of(HttpStatusCode status) => status switch
    {
        HttpStatusCode.Unauthorized => StatusCode.Unauthenticated,
        HttpStatusCode.Forbidden => StatusCode.PermissionDenied,
        HttpStatusCode.NotFound => StatusCode.Unimplemented,
        HttpStatusCode.TooManyRequests or HttpStatusCode.BadGateway or HttpStatusCode.ServiceUnavailable or HttpStatusCode.GatewayTimeout => StatusCode.Unavailable,
        _ => StatusCode.Unknown,
    };

    private static Metadata TrailersOf(HttpHeaders headers)
    {
        var trailers = new Metadata();
        foreach (var (name, values) in headers.NonValidated)
        {
            if (name.StartsWith("grpc-", StringComparison.OrdinalIgnoreCase))
            {
                continue;
            }

            foreach (var value in values)
            {
                if (!name.EndsWith(BinarySuffix, StringComparison.OrdinalIgnoreCase))
                {
                    trailers.Add(name, value);
                }
                else if (BytesOf(value) is { } bytes)
                {
                    trailers.Add(name, bytes);
                }
            }
        }

        return trailers;
    }

    // Base64, with or without the signs that fill it up; null where it is none.
    private static byte[]? BytesOf(string value)
    {
        var padded = value.TrimEnd('=');
        padded = padded.PadRight((padded.Length + 3) / 4 * 4, '=');
        var bytes = new byte[padded.Length / 4 * 3];
        return Convert.TryFromBase64String(padded, bytes, out var length) ? bytes[..length] : null;
    }
}
