using System.Buffers.Binary;
using Grpc.Core;
using ModelMesh.Gateway.Registry.Wire;

namespace ModelMesh.Gateway.Tests.Registry.Wire;

public sealed class MessageBufferTests : IDisposable
{
    private const int Longest = 20_000;

    private readonly MessageBuffer _buffer = new(Longest);

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    [InlineData(7)]
    [InlineData(4096)]
    [InlineData(int.MaxValue)]
    public void Messages_CutAnywhere_AreTakenWholeAndInOrder(int atOnce)
    {
        byte[][] messages = [[1, 2, 3], [], [.. Enumerable.Range(0, 10_000).Select(at => (byte)at)], [4], [.. Enumerable.Repeat((byte)5, Longest)]];

        Assert.Equal(messages, Taken([.. messages.SelectMany(message => Framed(message))], atOnce));
        Assert.True(_buffer.IsEmpty);
    }

    [Fact]
    public void Message_OfWhichALastByteIsMissing_IsNotTaken()
    {
        Assert.Empty(Taken(Framed([1, 2, 3])[..^1], int.MaxValue));
        Assert.False(_buffer.IsEmpty);
    }

    [Fact]
    public void Message_LongerThanAllowed_IsRefusedByItsHeader() =>
        Assert.Equal(StatusCode.ResourceExhausted, Assert.Throws<RpcException>(() => Taken(Framed(new byte[Longest + 1])[..5], int.MaxValue)).StatusCode);

    [Fact]
    public void Message_Compressed_IsRefused() =>
        Assert.Equal(StatusCode.Internal, Assert.Throws<RpcException>(() => Taken([1, .. Framed([1])[1..]], int.MaxValue)).StatusCode);

    public void Dispose() => _buffer.Dispose();

    private static byte[] Framed(byte[] message)
    {
        var framed = new byte[5 + message.Length];
        BinaryPrimitives.WriteInt32BigEndian(framed.AsSpan(1), message.Length);
        message.CopyTo(framed, 5);
        return framed;
    }

    private List<byte[]> Taken(byte[] bytes, int atOnce)
    {
        var taken = new List<byte[]>();
        for (var left = bytes.AsSpan(); left.Length > 0;)
        {
            var space = _buffer.Space().Span;
            var now = Math.Min(Math.Min(atOnce, space.Length), left.Length);
            left[..now].CopyTo(space);
            left = left[now..];
            _buffer.Filled(now);
            while (_buffer.TryTake(out var message))
            {
                taken.Add(message.ToArray());
            }
        }

        return taken;
    }
}
