using System.Buffers.Text;

namespace ModelMesh.ServiceDefaults.Store.Resp;

/// <summary>
/// Finds where a reply ends, in bytes that come in whatever parts: it goes on where it stopped, so that a long reply is looked through once.
/// RESP2, with bounds on what a reply may be. Not thread-safe.
/// </summary>
internal sealed class RespFrames
{
    /// <summary>In bytes, with everything in it.</summary>
    public const int LongestReply = 64 * 1024 * 1024;

    /// <summary>In bytes: a status, an error, a number or a length.</summary>
    public const int LongestLine = 64 * 1024;

    /// <summary>How many arrays may lie in each other.</summary>
    public const int Deepest = 8;

    private const int ShortestElement = 3;

    private readonly int[] _left = new int[Deepest];
    private int _depth;
    private int _at;

    /// <param name="bytes">All that came since the last reply's end, each time from there.</param>
    /// <exception cref="RespProtocolException">It is none, or too large.</exception>
    public bool TryFindEnd(ReadOnlySpan<byte> bytes, out int length)
    {
        do
        {
            if (!TrySkip(bytes[_at..], out var size, out var elements))
            {
                length = 0;
                return false;
            }

            _at += size;
            Demand(_at <= LongestReply, "a reply is too long");
            if (elements > 0)
            {
                Demand(_depth < Deepest, "arrays lie too deep in each other");
                _left[_depth++] = elements;
            }
            else
            {
                while (_depth > 0 && --_left[_depth - 1] == 0)
                {
                    _depth--;
                }
            }
        }
        while (_depth > 0);

        length = _at;
        _at = 0;
        return true;
    }

    // An array's own part is its first line.
    private static bool TrySkip(ReadOnlySpan<byte> bytes, out int size, out int elements)
    {
        (size, elements) = (0, 0);
        if (bytes.IsEmpty)
        {
            return false;
        }

        Demand("+-:$*"u8.Contains(bytes[0]), "an unknown kind of reply");
        var end = bytes.IndexOf("\r\n"u8);
        Demand((end < 0 ? bytes.Length : end) <= LongestLine, "a line is too long");
        if (end < 0)
        {
            return false;
        }

        size = end + 2;
        switch (bytes[0])
        {
            case (byte)':':
                Number(bytes[1..end]);
                return true;
            case (byte)'$':
                var length = Number(bytes[1..end]);
                Demand(length is >= -1 and <= LongestReply, "a text of that length");
                return length == -1 || TrySkipText(bytes, (int)length, ref size);
            case (byte)'*':
                var count = Number(bytes[1..end]);
                Demand(count is >= -1 and <= LongestReply / ShortestElement, "an array of that length");
                elements = (int)Math.Max(0, count);
                return true;
            default:
                return true;
        }
    }

    private static bool TrySkipText(ReadOnlySpan<byte> bytes, int length, ref int size)
    {
        if (bytes.Length - size < length + 2)
        {
            return false;
        }

        Demand(bytes.Slice(size + length, 2).SequenceEqual("\r\n"u8), "a text that goes on after its length");
        size += length + 2;
        return true;
    }

    private static long Number(ReadOnlySpan<byte> digits)
    {
        Demand(Utf8Parser.TryParse(digits, out long number, out var read) && read == digits.Length, "no number where one belongs");
        return number;
    }

    private static void Demand(bool holds, string fault)
    {
        if (!holds)
        {
            throw new RespProtocolException($"The store's answer cannot be read: {fault}.");
        }
    }
}
