namespace ModelMesh.Bench.Limits;

/// <summary>One answer while it streams. Counts events by their blank lines and knows a complete answer by its <c>done</c>.</summary>
internal sealed class OpenStream : IDisposable
{
    private readonly HttpResponseMessage _response;
    private readonly Stream _stream;
    private readonly byte[] _buffer = new byte[16 * 1024];
    private long _events;
    private int _kept;

    private OpenStream(HttpResponseMessage response, Stream stream)
    {
        _response = response;
        _stream = stream;
    }

    /// <summary>Reads the first bytes of an answer: at least its first token.</summary>
    public static async Task<OpenStream> StartAsync(HttpResponseMessage response)
    {
        var stream = new OpenStream(response, await response.Content.ReadAsStreamAsync());
        await stream.ReadAsync();
        return stream;
    }

    /// <summary>Reads to the end and returns the number of tokens; throws when the answer is not complete.</summary>
    public async Task<long> ReadToEndAsync()
    {
        while (await ReadAsync())
        {
        }

        // What is kept is the last event, which is short.
        return _buffer.AsSpan(0, _kept).StartsWith("event: done"u8)
            ? _events
            : throw new InvalidOperationException($"A stream was cut after {_events} tokens.");
    }

    public void Dispose()
    {
        _stream.Dispose();
        _response.Dispose();
    }

    // Counts whole events but the last, which stays in the buffer for the next read to follow or the end to judge.
    private async Task<bool> ReadAsync()
    {
        var read = await _stream.ReadAsync(_buffer.AsMemory(_kept));
        if (read == 0)
        {
            return false;
        }

        var bytes = _buffer.AsSpan(0, _kept + read);
        int end;
        while ((end = bytes.IndexOf("\n\n"u8)) >= 0 && end + 2 < bytes.Length)
        {
            _events++;
            bytes = bytes[(end + 2)..];
        }

        _kept = bytes.Length;
        bytes.CopyTo(_buffer);
        return true;
    }
}
