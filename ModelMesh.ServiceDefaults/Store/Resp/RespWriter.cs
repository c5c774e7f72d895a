using System.Buffers;
using System.Buffers.Text;
using System.Text;

namespace ModelMesh.ServiceDefaults.Store.Resp;

/// <summary>Writes commands: an array of texts each.</summary>
internal static class RespWriter
{
    private const int LongestNumber = 20;

    public static void Begin(IBufferWriter<byte> to, int words) => WriteLine(to, '*', words);

    public static void Word(IBufferWriter<byte> to, ReadOnlySpan<byte> word)
    {
        WriteLine(to, '$', word.Length);
        to.Write(word);
        to.Write("\r\n"u8);
    }

    public static void Word(IBufferWriter<byte> to, string word)
    {
        var length = Encoding.UTF8.GetByteCount(word);
        WriteLine(to, '$', length);
        to.Advance(Encoding.UTF8.GetBytes(word, to.GetSpan(length)));
        to.Write("\r\n"u8);
    }

    public static void Word(IBufferWriter<byte> to, long word)
    {
        Span<byte> digits = stackalloc byte[LongestNumber];
        _ = Utf8Formatter.TryFormat(word, digits, out var length);
        Word(to, digits[..length]);
    }

    private static void WriteLine(IBufferWriter<byte> to, char sign, int number)
    {
        var line = to.GetSpan(LongestNumber + 3);
        line[0] = (byte)sign;
        _ = Utf8Formatter.TryFormat(number, line[1..], out var digits);
        "\r\n"u8.CopyTo(line[(digits + 1)..]);
        to.Advance(digits + 3);
    }
}
