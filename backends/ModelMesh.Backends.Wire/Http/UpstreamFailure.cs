using System.Text;
using ModelMesh.Backends.Sdk;

namespace ModelMesh.Backends.Wire.Http;

/// <summary>Turns what an upstream answered instead of an answer into the mesh's terms: the one mapping for all plugins.</summary>
public static class UpstreamFailure
{
    /// <summary>How much of an error's body is read, in bytes.</summary>
    public const int MaxBody = 64 * 1024;

    /// <summary>The failure that a response with a status outside of 200 to 299 is; reads at most 64 KB of its body, for at most 2 s.</summary>
    /// <param name="response">The response; stays the caller's to dispose.</param>
    /// <param name="secret">The key that was sent, to be kept out of the message.</param>
    /// <param name="time">Turns a date to retry at into a wait, and bounds the reading.</param>
    /// <exception cref="OperationCanceledException">The token fired.</exception>
    public static async Task<BackendException> FromAsync(HttpResponseMessage response, string? secret, TimeProvider time, CancellationToken cancellationToken)
    {
        var body = await ErrorBody.ReadAsync(response, MaxBody, ErrorBody.Soon, time, cancellationToken);
        return From((int)response.StatusCode, body, secret, RetryAfter.Read(response, time));
    }

    /// <summary>The failure that a status outside of 200 to 299 and its body are.</summary>
    public static BackendException From(int status, ReadOnlyMemory<byte> body, string? secret, TimeSpan? retryAfter)
    {
        var error = UpstreamErrorReader.Read(body.Span);
        var kind = UpstreamErrorKinds.OfStatus(status, error);
        var filtered = status == 400 && UpstreamErrorKinds.IsContentFilter(error);
        var said = Said(error?.Message ?? PlainText(body.Span), secret);
        var message = kind switch
        {
            // What an upstream says of a key it was given is not for the caller, and may quote it.
            BackendErrorKind.Unauthenticated => $"The upstream refused the mesh's credentials (HTTP {status}).",
            BackendErrorKind.InvalidRequest => said ?? $"The upstream refused the request (HTTP {status}).",
            _ when status < 400 => $"The upstream answered with a redirect (HTTP {status}), which is not followed; its endpoint has to be named as it is.",
            _ => said is null ? $"The upstream answered HTTP {status}." : $"The upstream answered HTTP {status}: {said}",
        };
        return new BackendException(kind, message, filtered ? new ContentFilterException() : null)
        {
            RetryAfter = retryAfter,
            Field = kind == BackendErrorKind.InvalidRequest ? error?.Parameter : null,
        };
    }

    /// <summary>The failure that an error inside a stream is.</summary>
    public static BackendException From(UpstreamError error, string? secret)
    {
        var kind = UpstreamErrorKinds.OfEvent(error);
        var said = kind == BackendErrorKind.Unauthenticated ? null : Said(error.Message, secret);
        var message = kind == BackendErrorKind.Unauthenticated ? "The upstream refused the mesh's credentials." : said ?? "The upstream reported an error in its stream.";
        return new BackendException(kind, message, UpstreamErrorKinds.IsContentFilter(error) ? new ContentFilterException() : null);
    }

    private static string? Said(string? message, string? secret) => message is null ? null : Redaction.Clean(message, secret) is { Length: > 0 } clean ? clean : null;

    // A page is no message; a short line, as some servers and gateways send, is.
    private static string? PlainText(ReadOnlySpan<byte> body) =>
        body.Length is > 0 and <= 500 && !body.Contains((byte)'<') && !body.Contains((byte)'{') ? Encoding.UTF8.GetString(body) : null;
}
