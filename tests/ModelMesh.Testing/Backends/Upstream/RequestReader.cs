using System.Buffers;
using System.Globalization;
using System.IO.Pipelines;
using System.Text;

namespace ModelMesh.Testing.Backends;

/// <summary>Reads HTTP/1.1 requests off a connection's bytes: bodies by length or in chunks.</summary>
internal sealed class RequestReader(PipeReader input)
{
    /// <summary>The next request, or null when the client has closed in between.</summary>
    public async Task<UpstreamRequest?> NextAsync(Func<string, Task> interim)
    {
        if (await LineAsync() is not { Length: > 0 } start)
        {
            return null;
        }

        var headers = new List<KeyValuePair<string, string>>();
        while (await LineAsync() is { Length: > 0 } line)
        {
            var colon = line.IndexOf(':', StringComparison.Ordinal);
            headers.Add(new(line[..colon], line[(colon + 1)..].Trim()));
        }

        var parts = start.Split(' ');
        var request = new UpstreamRequest(parts[0], parts[1], headers, []);
        if (request.Header("Expect") is not null)
        {
            await interim("HTTP/1.1 100 Continue\r\n\r\n");
        }

        return request with { Body = await BodyAsync(request) };
    }

    private async Task<byte[]> BodyAsync(UpstreamRequest request)
    {
        if (request.Header("Content-Length") is { } length)
        {
            return await BytesAsync(int.Parse(length, CultureInfo.InvariantCulture));
        }

        var body = new List<byte>();
        if (request.Header("Transfer-Encoding") is not null)
        {
            while (await LineAsync() is { } size && int.Parse(size, NumberStyles.HexNumber, CultureInfo.InvariantCulture) is > 0 and var count)
            {
                body.AddRange(await BytesAsync(count));
                await LineAsync();
            }

            await LineAsync();
        }

        return [.. body];
    }

    private async Task<byte[]> BytesAsync(int count)
    {
        var read = await input.ReadAtLeastAsync(count);
        if (read.Buffer.Length < count)
        {
            throw new EndOfStreamException("the client closed in the middle of a request");
        }

        var bytes = read.Buffer.Slice(0, count).ToArray();
        input.AdvanceTo(read.Buffer.GetPosition(count));
        return bytes;
    }

    private async Task<string?> LineAsync()
    {
        while (true)
        {
            var read = await input.ReadAsync();
            if (read.Buffer.PositionOf((byte)'\n') is { } end)
            {
                var line = Encoding.ASCII.GetString(read.Buffer.Slice(0, end)).TrimEnd('\r');
                input.AdvanceTo(read.Buffer.GetPosition(1, end));
                return line;
            }

            input.AdvanceTo(read.Buffer.Start, read.Buffer.End);
            if (read.IsCompleted)
            {
                return null;
            }
        }
    }
}
