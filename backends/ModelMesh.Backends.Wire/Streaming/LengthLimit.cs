using ModelMesh.Backends.Sdk;

namespace ModelMesh.Backends.Wire.Streaming;

/// <summary>Bounds a body as a whole.</summary>
/// <param name="limit">In bytes.</param>
public sealed class LengthLimit(long limit) : IReadLimit
{
    private long _total;

    /// <inheritdoc/>
    public void Count(ReadOnlySpan<byte> read)
    {
        if ((_total += read.Length) > limit)
        {
            throw new BackendException(BackendErrorKind.Protocol, $"The upstream's answer is longer than {limit / (1024 * 1024)} MiB.");
        }
    }
}
