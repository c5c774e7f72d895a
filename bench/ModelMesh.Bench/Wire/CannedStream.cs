using System.Runtime.CompilerServices;

namespace ModelMesh.Bench.Wire;

/// <summary>A body in memory, which allocates nothing for a read.</summary>
/// <param name="maxRead">At most so many bytes are in a read.</param>
/// <param name="isAwaited">Whether every read is pending at first; otherwise none is.</param>
internal sealed class CannedStream(byte[] body, int maxRead, bool isAwaited) : MemoryStream(body, writable: false)
{
    public override int Read(Span<byte> buffer) => base.Read(buffer.Length > maxRead ? buffer[..maxRead] : buffer);

    public override int Read(byte[] buffer, int offset, int count) => base.Read(buffer, offset, Math.Min(count, maxRead));

    public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) =>
        isAwaited ? ReadLaterAsync(buffer) : new(Read(buffer.Span));

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    private async ValueTask<int> ReadLaterAsync(Memory<byte> buffer)
    {
        await Task.Yield();
        return Read(buffer.Span);
    }
}
