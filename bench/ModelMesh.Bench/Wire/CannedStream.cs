namespace ModelMesh.Bench.Wire;

/// <summary>A body in memory, at most so much of which a read returns. Every read has its result at once.</summary>
internal sealed class CannedStream(byte[] body, int maxRead) : MemoryStream(body, writable: false)
{
    public override int Read(Span<byte> buffer) => base.Read(buffer.Length > maxRead ? buffer[..maxRead] : buffer);

    public override int Read(byte[] buffer, int offset, int count) => base.Read(buffer, offset, Math.Min(count, maxRead));

    public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) => new(Read(buffer.Span));

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        Task.FromResult(Read(buffer, offset, count));
}
