using ModelMesh.Backends.Sdk;

namespace ModelMesh.Backends.Wire.Streaming;

/// <summary>Counts the chunks of one stream that could not be read, and says when they are too many or stand where they may not. Not thread-safe.</summary>
public sealed class SkippedChunks
{
    /// <summary>How many chunks of one stream may be skipped.</summary>
    public const int Max = 10;

    private int _total;
    private int _untold;

    /// <summary>Whether the last chunk was skipped: a stream that ends there without an end mark was cut.</summary>
    public bool WasLast { get; private set; }

    /// <summary>Counts a chunk that could be read.</summary>
    public void Read() => WasLast = false;

    /// <summary>Counts a chunk that could not be read.</summary>
    /// <exception cref="BackendException">It is the eleventh.</exception>
    public void Skip()
    {
        if (++_total > Max)
        {
            throw new BackendException(BackendErrorKind.Protocol, $"More than {Max} chunks of the upstream's stream could not be read.");
        }

        _untold++;
        WasLast = true;
    }

    /// <summary>How many were skipped since this was last asked, for the next update's <see cref="BackendUpdate.SkippedChunks"/>.</summary>
    public int Take()
    {
        var untold = _untold;
        _untold = 0;
        return untold;
    }
}
