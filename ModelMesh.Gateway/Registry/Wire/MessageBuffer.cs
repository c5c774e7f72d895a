using System.Buffers;
using System.Buffers.Binary;
using Grpc.Core;

namespace ModelMesh.Gateway.Registry.Wire;

/// <summary>Bytes of a gRPC response, and the messages in them: a byte that says whether one is compressed, its length in four, and itself. Memory is rented while there are bytes.</summary>
internal sealed class MessageBuffer(int maxMessageBytes) : IDisposable
{
    private const int Smallest = 4096;
    private const int Header = 5;

    private byte[]? _bytes;
    private int _start;
    private int _end;

    public bool IsEmpty => _start == _end;

    /// <summary>Where to put what is read next; never empty.</summary>
    public Memory<byte> Space()
    {
        var needed = Math.Max(Smallest, Header + LengthOfNext());
        if (_bytes is null)
        {
            _bytes = ArrayPool<byte>.Shared.Rent(needed);
        }
        else if (_end == _bytes.Length)
        {
            MoveTo(_bytes.Length >= needed ? _bytes : ArrayPool<byte>.Shared.Rent(needed));
        }

        return _bytes.AsMemory(_end);
    }

    /// <summary>So much was put into <see cref="Space"/>.</summary>
    public void Filled(int count)
    {
        _end += count;
        ReleaseIfEmpty();
    }

    /// <param name="message">The next message, where all of it is there; valid until the next call of anything here.</param>
    /// <exception cref="RpcException">It is longer than allowed, or compressed, which nobody asked for.</exception>
    public bool TryTake(out ReadOnlySpan<byte> message)
    {
        ReleaseIfEmpty();
        var length = LengthOfNext();
        if (_end - _start < Header + length || IsEmpty)
        {
            message = default;
            return false;
        }

        message = _bytes.AsSpan(_start + Header, length);
        _start += Header + length;
        return true;
    }

    public void Dispose()
    {
        _start = _end;
        ReleaseIfEmpty();
    }

    // 0 while its header is not there.
    private int LengthOfNext()
    {
        if (_end - _start < Header)
        {
            return 0;
        }

        var length = BinaryPrimitives.ReadUInt32BigEndian(_bytes.AsSpan(_start + 1));
        if (_bytes![_start] != 0)
        {
            throw new RpcException(new Status(StatusCode.Internal, "A message is compressed, though the call said that it takes none that is."));
        }

        return length <= maxMessageBytes
            ? (int)length
            : throw new RpcException(new Status(StatusCode.ResourceExhausted, $"A message has {length} bytes, more than the {maxMessageBytes} that are taken."));
    }

    private void MoveTo(byte[] target)
    {
        var from = _bytes!;
        Buffer.BlockCopy(from, _start, target, 0, _end - _start);
        (_bytes, _start, _end) = (target, 0, _end - _start);
        if (from != target)
        {
            ArrayPool<byte>.Shared.Return(from);
        }
    }

    private void ReleaseIfEmpty()
    {
        if (IsEmpty && _bytes is { } bytes)
        {
            (_bytes, _start, _end) = (null, 0, 0);
            ArrayPool<byte>.Shared.Return(bytes);
        }
    }
}
