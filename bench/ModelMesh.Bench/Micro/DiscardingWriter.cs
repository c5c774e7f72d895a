using System.IO.Pipelines;

namespace ModelMesh.Bench.Micro;

/// <summary>Takes everything and keeps nothing, so that what is measured is what writes.</summary>
internal sealed class DiscardingWriter : PipeWriter
{
    private readonly byte[] _block = new byte[4096];

    public override void Advance(int bytes)
    {
    }

    public override Memory<byte> GetMemory(int sizeHint = 0) => _block;

    public override Span<byte> GetSpan(int sizeHint = 0) => _block;

    public override ValueTask<FlushResult> FlushAsync(CancellationToken cancellationToken = default) => default;

    public override void CancelPendingFlush()
    {
    }

    public override void Complete(Exception? exception = null)
    {
    }
}
