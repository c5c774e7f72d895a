using System.Buffers;
using System.Diagnostics;
using System.Globalization;
using System.Text.Unicode;

namespace ModelMesh.Gateway.Answers;

/// <summary>
/// The inside of a JSON string as UTF-8: what JSON demands is escaped, and the two line separators that JavaScript once tripped over; half a
/// surrogate pair becomes U+FFFD. Everything else stays as it is, so that text outside ASCII does not swell.
/// </summary>
internal static class JsonEscape
{
    /// <summary>The most bytes that one character can become.</summary>
    public const int MaxBytesPerChar = 6;

    private static readonly SearchValues<char> Special = SearchValues.Create(
        string.Concat(Enumerable.Range(0, 0x20).Select(code => (char)code)) + "\"\\\u007f\u2028\u2029");

    /// <summary>Writes as much as <paramref name="text"/> holds; <paramref name="destination"/> has room for the most it can become.</summary>
    public static int Write(ReadOnlySpan<char> text, Span<byte> destination)
    {
        var written = 0;
        while (!text.IsEmpty)
        {
            var plain = text.IndexOfAny(Special);
            var status = Utf8.FromUtf16(plain < 0 ? text : text[..plain], destination[written..], out _, out var bytes, replaceInvalidSequences: true);
            Debug.Assert(status == OperationStatus.Done, "the destination was made too small");
            written += bytes;
            if (plain < 0)
            {
                break;
            }

            written += WriteSpecial(text[plain], destination[written..]);
            text = text[(plain + 1)..];
        }

        return written;
    }

    private static int WriteSpecial(char character, Span<byte> destination)
    {
        ReadOnlySpan<byte> escaped = character switch
        {
            '"' => "\\\""u8,
            '\\' => "\\\\"u8,
            '\n' => "\\n"u8,
            '\r' => "\\r"u8,
            '\t' => "\\t"u8,
            _ => [],
        };
        if (!escaped.IsEmpty)
        {
            escaped.CopyTo(destination);
            return escaped.Length;
        }

        "\\u"u8.CopyTo(destination);
        var done = ((int)character).TryFormat(destination[2..], out var digits, "x4", CultureInfo.InvariantCulture);
        Debug.Assert(done, "the destination was made too small");
        return 2 + digits;
    }
}
