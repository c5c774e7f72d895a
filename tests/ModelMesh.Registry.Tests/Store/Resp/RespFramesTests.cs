using System.Text;
using ModelMesh.ServiceDefaults.Store;
using ModelMesh.ServiceDefaults.Store.Resp;
using Xunit;

namespace ModelMesh.Registry.Tests.Store.Resp;

public sealed class RespFramesTests
{
    private const string Several =
        "+OK\r\n" + "-ERR no\r\n" + ":-42\r\n" + "$-1\r\n" + "$0\r\n\r\n" + "$6\r\na\r\nbé\r\n" + "*-1\r\n" + "*0\r\n"
        + "*4\r\n$7\r\ngranted\r\n*2\r\n:1\r\n*1\r\n+deep\r\n$-1\r\n*0\r\n" + "+\r\n" + "$2\r\nhi\r\n";

    private const string SeveralRead = "OK|!ERR no|-42|~||a\r\nbé|~|[]|[granted [1 [deep]] ~ []]||hi";

    [Fact]
    public void Read_RepliesCutAtEveryPosition_AreTheSameAsWhole()
    {
        var bytes = Encoding.UTF8.GetBytes(Several);
        for (var first = 0; first <= bytes.Length; first++)
        {
            for (var second = first; second <= bytes.Length; second++)
            {
                Assert.Equal(SeveralRead, Read(bytes[..first], bytes[first..second], bytes[second..]));
            }
        }

        Assert.Equal(SeveralRead, Read([.. bytes.Select(one => new[] { one })]));
    }

    [Theory]
    [InlineData("HTTP/1.1 400\r\n")]
    [InlineData("?")]
    [InlineData("_\r\n")]
    [InlineData(":\r\n")]
    [InlineData(":1x\r\n")]
    [InlineData(":99999999999999999999\r\n")]
    [InlineData("$-2\r\n")]
    [InlineData("$67108865\r\n")]
    [InlineData("$2\r\nabc\r\n")]
    [InlineData("*-2\r\n")]
    [InlineData("*2000000000\r\n")]
    [InlineData("*1\r\n*1\r\n*1\r\n*1\r\n*1\r\n*1\r\n*1\r\n*1\r\n*1\r\n")]
    [InlineData("*2\r\n:1\r\nx")]
    public void Read_WhatIsNoReply_IsRefused(string text) =>
        Assert.Throws<RespProtocolException>(() => Read(Encoding.UTF8.GetBytes(text)));

    [Fact]
    public void Read_LineWithoutEnd_IsRefusedInTime()
    {
        var frames = new RespFrames();

        Assert.False(frames.TryFindEnd(Encoding.UTF8.GetBytes("+" + new string('x', RespFrames.LongestLine - 1)), out _));
        Assert.Throws<RespProtocolException>(() => frames.TryFindEnd(Encoding.UTF8.GetBytes("+" + new string('x', RespFrames.LongestLine)), out _));
    }

    [Fact]
    public void Read_ManyTextsThatAreTooLongTogether_AreRefused()
    {
        var frames = new RespFrames();
        var text = Encoding.UTF8.GetBytes($"${RespFrames.LongestReply / 2}\r\n{new string('x', RespFrames.LongestReply / 2)}\r\n");

        Assert.Throws<RespProtocolException>(() => frames.TryFindEnd((byte[])[.. "*2\r\n"u8, .. text, .. text], out _));
    }

    private static string Read(params byte[][] parts)
    {
        var (buffer, frames, replies) = (new RespBuffer(), new RespFrames(), new List<string>());
        foreach (var part in parts)
        {
            for (var rest = part.AsMemory(); !rest.IsEmpty;)
            {
                var free = buffer.Free();
                var count = Math.Min(free.Length, rest.Length);
                rest[..count].CopyTo(free);
                rest = rest[count..];
                buffer.Received(count);
                while (frames.TryFindEnd(buffer.Unread, out var length))
                {
                    replies.Add(Written(RespParser.Parse(buffer.Unread[..length])));
                    buffer.Read(length);
                }
            }
        }

        Assert.True(buffer.Unread.IsEmpty);
        return string.Join('|', replies);
    }

    private static string Written(StoreReply reply)
    {
        if (reply.IsRefused)
        {
            return $"!{reply.Refusal}";
        }

        try
        {
            return reply.IsNull ? "~" : reply.Text!;
        }
        catch (InvalidCastException)
        {
            return $"[{string.Join(' ', reply.Items.Select(Written))}]";
        }
    }
}
