using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace ModelMesh.Backends.Wire.Http;

/// <summary>
/// A request's JSON, written once into a pooled buffer. Made per request, written by <see cref="Writer"/>, handed to <see cref="UpstreamHttp"/>, disposed
/// by whoever made it. Not thread-safe.
/// </summary>
public sealed class JsonBody : IBufferWriter<byte>, IDisposable
{
    // No browser reads it, so text in other scripts than Latin may stay what it is, at a third of the length.
    private static readonly JsonWriterOptions Options = new() { SkipValidation = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private byte[] _buffer = ArrayPool<byte>.Shared.Rent(4096);
    private int _length;
    private Utf8JsonWriter? _writer;
    private bool _lent;

    /// <summary>Writes the JSON; <see cref="Written"/> flushes it.</summary>
    public Utf8JsonWriter Writer => _writer ??= new Utf8JsonWriter(this, Options);

    /// <summary>What was written so far.</summary>
    public ReadOnlyMemory<byte> Written
    {
        get
        {
            _writer?.Flush();
            return _buffer.AsMemory(0, _length);
        }
    }

    /// <inheritdoc/>
    public void Advance(int count) => _length += count;

    /// <inheritdoc/>
    public Memory<byte> GetMemory(int sizeHint = 0)
    {
        Grow(sizeHint);
        return _buffer.AsMemory(_length);
    }

    /// <inheritdoc/>
    public Span<byte> GetSpan(int sizeHint = 0)
    {
        Grow(sizeHint);
        return _buffer.AsSpan(_length);
    }

    /// <summary>Gives the buffer back to the pool, unless a request that failed may still be reading it.</summary>
    public void Dispose()
    {
        var buffer = Interlocked.Exchange(ref _buffer, []);
        _writer?.Dispose();
        _length = 0;
        if (buffer.Length > 0 && !_lent)
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    internal HttpContent ToContent()
    {
        var content = new ReadOnlyMemoryContent(Written);
        content.Headers.TryAddWithoutValidation("Content-Type", "application/json");
        _lent = true;
        return content;
    }

    /// <summary>Says that the request's sending has ended in good order.</summary>
    internal void Sent() => _lent = false;

    private void Grow(int sizeHint)
    {
        var needed = Math.Max(sizeHint, 256);
        if (_buffer.Length - _length >= needed)
        {
            return;
        }

        var grown = ArrayPool<byte>.Shared.Rent(Math.Max(checked(_length + needed), (int)Math.Min(2L * _buffer.Length, Array.MaxLength)));
        _buffer.AsSpan(0, _length).CopyTo(grown);
        ArrayPool<byte>.Shared.Return(_buffer);
        _buffer = grown;
    }
}
