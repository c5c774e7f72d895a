using System.Buffers.Text;
using System.Text;

namespace ModelMesh.ServiceDefaults.Store.Resp;

/// <summary>Reads one reply, of which <see cref="RespFrames"/> has seen that it is whole and well formed.</summary>
internal static class RespParser
{
    public static StoreReply Parse(ReadOnlySpan<byte> whole) => Take(ref whole);

    private static StoreReply Take(ref ReadOnlySpan<byte> rest)
    {
        var kind = rest[0];
        var line = rest[1..rest.IndexOf("\r\n"u8)];
        rest = rest[(line.Length + 3)..];
        switch (kind)
        {
            case (byte)'+':
                return StoreReply.Of(Encoding.UTF8.GetString(line));
            case (byte)'-':
                return StoreReply.Refused(Encoding.UTF8.GetString(line));
            case (byte)':':
                return StoreReply.Of(Number(line));
            case (byte)'$':
                var length = (int)Number(line);
                return length < 0 ? StoreReply.Null : TakeText(ref rest, length);
            default:
                var count = (int)Number(line);
                return count < 0 ? StoreReply.Null : TakeArray(ref rest, count);
        }
    }

    private static StoreReply TakeText(ref ReadOnlySpan<byte> rest, int length)
    {
        var text = Encoding.UTF8.GetString(rest[..length]);
        rest = rest[(length + 2)..];
        return StoreReply.Of(text);
    }

    private static StoreReply TakeArray(ref ReadOnlySpan<byte> rest, int count)
    {
        var items = new StoreReply[count];
        for (var index = 0; index < count; index++)
        {
            items[index] = Take(ref rest);
        }

        return StoreReply.Of(items);
    }

    private static long Number(ReadOnlySpan<byte> digits)
    {
        _ = Utf8Parser.TryParse(digits, out long number, out _);
        return number;
    }
}
