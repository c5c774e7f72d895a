using ModelMesh.Backends.Sdk;

namespace ModelMesh.Backends.Wire.Streaming;

/// <summary>Bounds each event of an event stream: what lies between two blank lines, whichever of CR, LF and CRLF ends a line.</summary>
/// <param name="limit">In bytes.</param>
public sealed class EventLimit(int limit = EventLimit.Default) : IReadLimit
{
    /// <summary>8 MiB.</summary>
    public const int Default = 8 * 1024 * 1024;

    private int _event;
    private bool _lineIsEmpty = true;
    private bool _afterCarriageReturn;

    /// <inheritdoc/>
    public void Count(ReadOnlySpan<byte> read)
    {
        while (read.Length > 0)
        {
            var end = read.IndexOfAny((byte)'\r', (byte)'\n');
            if (end != 0)
            {
                _lineIsEmpty = false;
                _afterCarriageReturn = false;
            }

            Add(end < 0 ? read.Length : end + 1);
            if (end < 0)
            {
                return;
            }

            EndLine(read[end]);
            read = read[(end + 1)..];
        }
    }

    private void EndLine(byte terminator)
    {
        if (terminator == '\n' && _afterCarriageReturn)
        {
            _afterCarriageReturn = false;
            return;
        }

        if (_lineIsEmpty)
        {
            _event = 0;
        }

        _lineIsEmpty = true;
        _afterCarriageReturn = terminator == '\r';
    }

    private void Add(int count)
    {
        if ((_event += count) > limit)
        {
            throw new BackendException(BackendErrorKind.Protocol, $"A chunk of the upstream's stream is longer than {limit / (1024 * 1024)} MiB.");
        }
    }
}
