using System.Globalization;
using System.Text;

namespace ModelMesh.Testing.Backends;

/// <summary>A request and the means to answer it, whole or in pieces.</summary>
public sealed class UpstreamExchange(UpstreamConnection connection, UpstreamRequest request)
{
    private static readonly Dictionary<int, string> Reasons = new() { [200] = "OK", [302] = "Found", [503] = "Service Unavailable" };

    public UpstreamConnection Connection { get; } = connection;

    public UpstreamRequest Request { get; } = request;

    /// <summary>Answers whole, with a length.</summary>
    public Task AnswerAsync(int status, string body, string contentType = "application/json", params string[] headers) =>
        Connection.WriteAsync(Head(status, [$"Content-Type: {contentType}", $"Content-Length: {Encoding.UTF8.GetByteCount(body)}", .. headers]) + body);

    /// <summary>Starts an answer in pieces.</summary>
    public Task StartAsync(string contentType, int status = 200, params string[] headers) =>
        Connection.WriteAsync(Head(status, [$"Content-Type: {contentType}", "Transfer-Encoding: chunked", .. headers]));

    /// <summary>Sends the next piece, in a chunk of its own.</summary>
    public async Task SendAsync(ReadOnlyMemory<byte> bytes)
    {
        if (bytes.Length == 0)
        {
            return;
        }

        byte[] chunk = [.. Encoding.ASCII.GetBytes(bytes.Length.ToString("x", CultureInfo.InvariantCulture) + "\r\n"), .. bytes.Span, .. "\r\n"u8];
        await Connection.WriteAsync(chunk);
    }

    /// <inheritdoc cref="SendAsync(ReadOnlyMemory{byte})"/>
    public Task SendAsync(string text) => SendAsync(Encoding.UTF8.GetBytes(text));

    /// <summary>Ends an answer in pieces, and leaves the connection open for the next request.</summary>
    public Task EndAsync() => Connection.WriteAsync("0\r\n\r\n");

    /// <summary>Waits until the client has closed the connection.</summary>
    public Task<long> ClientClosedAsync() => Connection.ClientClosed;

    private static string Head(int status, IEnumerable<string> headers) =>
        $"HTTP/1.1 {status} {Reasons.GetValueOrDefault(status, "Status")}\r\n{string.Join("\r\n", headers)}\r\n\r\n";
}
