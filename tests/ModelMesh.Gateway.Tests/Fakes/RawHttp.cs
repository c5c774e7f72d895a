using System.Net.Sockets;
using System.Text;

namespace ModelMesh.Gateway.Tests.Fakes;

/// <summary>HTTP as bytes on a socket, where a client library would hide what matters.</summary>
internal sealed class RawHttp : IDisposable
{
    private readonly TcpClient _client = new() { NoDelay = true };

    private RawHttp()
    {
    }

    public NetworkStream Stream => _client.GetStream();

    public static async Task<RawHttp> ConnectAsync(Uri address, int? receiveBuffer = null)
    {
        var raw = new RawHttp();
        if (receiveBuffer is { } size)
        {
            raw._client.ReceiveBufferSize = size;
        }

        await raw._client.ConnectAsync(address.Host, address.Port);
        return raw;
    }

    public async Task PostAsync(string body, string headers = "")
    {
        var bytes = Encoding.UTF8.GetBytes(body);
        await SendAsync($"POST /infer HTTP/1.1\r\nHost: gateway\r\nContent-Type: application/json\r\nContent-Length: {bytes.Length}\r\n{headers}\r\n");
        await Stream.WriteAsync(bytes);
    }

    public ValueTask SendAsync(string text) => Stream.WriteAsync(Encoding.UTF8.GetBytes(text));

    /// <summary>Reads until the peer closes, or until what was read ends with the given text.</summary>
    public async Task<string> ReadAsync(string? until = null)
    {
        using var deadline = new CancellationTokenSource(TimeSpan.FromSeconds(20), TimeProvider.System);
        var read = new MemoryStream();
        var buffer = new byte[64 * 1024];
        int count;
        while ((count = await Stream.ReadAsync(buffer, deadline.Token)) > 0)
        {
            read.Write(buffer, 0, count);
            if (until is not null && Encoding.UTF8.GetString(read.GetBuffer(), 0, (int)read.Length).EndsWith(until, StringComparison.Ordinal))
            {
                break;
            }
        }

        return Encoding.UTF8.GetString(read.GetBuffer(), 0, (int)read.Length);
    }

    /// <summary>Undoes chunked transfer coding; fails when the last chunk is missing.</summary>
    public static string Dechunk(string body)
    {
        var bytes = Encoding.UTF8.GetBytes(body).AsSpan();
        var content = new MemoryStream();
        for (;;)
        {
            var line = bytes.IndexOf("\r\n"u8);
            Assert.True(line > 0, "A chunk is missing.");
            var length = Convert.ToInt32(Encoding.ASCII.GetString(bytes[..line]), 16);
            content.Write(bytes.Slice(line + 2, length));
            bytes = bytes[(line + 2 + length + 2)..];
            if (length == 0)
            {
                return Encoding.UTF8.GetString(content.ToArray());
            }
        }
    }

    /// <summary>Closes at once, with a reset where the system has something unread.</summary>
    public void Dispose() => _client.Dispose();
}
