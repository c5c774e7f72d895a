using System.Buffers.Binary;

namespace ModelMesh.Gateway.Cache;

/// <summary>A place between two events of an <see cref="AnswerLog"/>.</summary>
internal readonly record struct LogPosition(LogChunk Chunk, int Offset)
{
    /// <summary>What stands before each event: its length.</summary>
    public const int Head = sizeof(int);

    /// <summary>The event that begins here and the place after it; false at the end.</summary>
    public bool TryRead(out ArraySegment<byte> item, out LogPosition after)
    {
        var (chunk, offset) = this;
        if (offset == chunk.Written && chunk.Next is { } next)
        {
            (chunk, offset) = (next, 0);
        }

        if (offset == chunk.Written)
        {
            (item, after) = (default, this);
            return false;
        }

        var size = BinaryPrimitives.ReadInt32LittleEndian(chunk.Bytes.AsSpan(offset));
        item = new ArraySegment<byte>(chunk.Bytes, offset + Head, size);
        after = new LogPosition(chunk, offset + Head + size);
        return true;
    }

    /// <summary>What follows, in one piece.</summary>
    /// <param name="length">How much.</param>
    public byte[] ToBytes(int length)
    {
        var bytes = new byte[length];
        var (chunk, offset, written) = ((LogChunk?)Chunk, Offset, 0);
        while (written < length && chunk is not null)
        {
            var part = chunk.Bytes.AsSpan(offset, Math.Min(chunk.Written - offset, length - written));
            part.CopyTo(bytes.AsSpan(written));
            (chunk, offset, written) = (chunk.Next, 0, written + part.Length);
        }

        return bytes;
    }
}
