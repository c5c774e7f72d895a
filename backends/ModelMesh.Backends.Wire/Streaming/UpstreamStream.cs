using System.Runtime.CompilerServices;
using ModelMesh.Backends.Sdk;
using ModelMesh.Backends.Wire.Http;

namespace ModelMesh.Backends.Wire.Streaming;

/// <summary>
/// An answer's body while it is read: failures of the network in the mesh's terms, and a limit on what a reader would have to hold. Read-only, for one
/// reader; disposing it closes the body, not the response.
/// </summary>
public sealed class UpstreamStream : Stream
{
    private readonly Stream _body;
    private readonly IReadLimit _limit;

    private UpstreamStream(Stream body, IReadLimit limit)
    {
        _body = body;
        _limit = limit;
    }

    /// <inheritdoc/>
    public override bool CanRead => true;

    /// <inheritdoc/>
    public override bool CanSeek => false;

    /// <inheritdoc/>
    public override bool CanWrite => false;

    /// <inheritdoc/>
    public override long Length => throw new NotSupportedException();

    /// <inheritdoc/>
    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    /// <summary>Opens a response's body.</summary>
    /// <exception cref="BackendException">The body cannot be read.</exception>
    public static async Task<UpstreamStream> OpenAsync(HttpResponseMessage response, IReadLimit limit, CancellationToken cancellationToken)
    {
        try
        {
            return new UpstreamStream(await response.Content.ReadAsStreamAsync(cancellationToken), limit);
        }
        catch (Exception exception) when (TransportFailure.IsOne(exception))
        {
            cancellationToken.ThrowIfCancellationRequested();
            throw TransportFailure.InAnswer(exception);
        }
    }

    /// <summary>A stream over any other, as tests and benchmarks have.</summary>
    public static UpstreamStream Over(Stream body, IReadLimit limit) => new(body, limit);

    /// <inheritdoc/>
    /// <exception cref="BackendException">The body was cut, or is over its limit.</exception>
    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        int read;
        try
        {
            read = await _body.ReadAsync(buffer, cancellationToken);
        }
        catch (Exception exception) when (TransportFailure.IsOne(exception))
        {
            cancellationToken.ThrowIfCancellationRequested();
            throw TransportFailure.InAnswer(exception);
        }

        _limit.Count(buffer.Span[..read]);
        return read;
    }

    /// <inheritdoc/>
    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    /// <inheritdoc/>
    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    /// <inheritdoc/>
    public override void Flush()
    {
    }

    /// <inheritdoc/>
    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    /// <inheritdoc/>
    public override void SetLength(long value) => throw new NotSupportedException();

    /// <inheritdoc/>
    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            _body.Dispose();
        }

        base.Dispose(disposing);
    }
}
