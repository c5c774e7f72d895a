using System.Buffers;
using System.Runtime.CompilerServices;
using ModelMesh.Backends.Sdk;

namespace ModelMesh.Backends.Wire.Streaming;

/// <summary>Makes something of a line; must not throw for what it cannot read.</summary>
/// <param name="line">The line's bytes without its end; never empty.</param>
public delegate T LineParser<out T>(ReadOnlySpan<byte> line);

/// <summary>Reads newline-delimited JSON (<c>application/x-ndjson</c>), each line at most 8 MiB. LF and CRLF end a line; empty lines and a byte order mark are skipped.</summary>
public static class JsonLines
{
    /// <summary>8 MiB.</summary>
    public const int MaxLine = 8 * 1024 * 1024;

    private static ReadOnlySpan<byte> ByteOrderMark => [0xEF, 0xBB, 0xBF];

    /// <summary>
    /// The lines of a body as the parser makes them from their bytes. What stands after the last line end is a line, too: servers leave the last end out, and
    /// one that was cut is no JSON.
    /// </summary>
    /// <exception cref="BackendException">The body was cut, or a line is too long.</exception>
    public static async IAsyncEnumerable<T> ReadAsync<T>(
        HttpResponseMessage response, LineParser<T> parser, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await using var stream = await UpstreamStream.OpenAsync(response, new LengthLimit(long.MaxValue), cancellationToken);
        await foreach (var item in ReadAsync(stream, parser, MaxLine, cancellationToken))
        {
            yield return item;
        }
    }

    internal static async IAsyncEnumerable<T> ReadAsync<T>(
        UpstreamStream stream, LineParser<T> parser, int maxLine, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var buffer = ArrayPool<byte>.Shared.Rent(16 * 1024);
        var (start, searched, end, first) = (0, 0, 0, true);
        try
        {
            while (true)
            {
                var length = buffer.AsSpan(searched, end - searched).IndexOf((byte)'\n');
                if (length >= 0)
                {
                    var line = start..(searched + length);
                    searched = start = searched + length + 1;
                    if (TryParse(buffer.AsSpan()[line], ref first, parser, out var item))
                    {
                        yield return item!;
                    }

                    continue;
                }

                (buffer, start, end) = MakeRoom(buffer, start, end, maxLine);
                searched = end;
                // One byte past the limit tells a line that ends there from one that does not.
                var read = await stream.ReadAsync(buffer.AsMemory(end, Math.Min(buffer.Length - end, maxLine + 1 - (end - start))), cancellationToken);
                if (read == 0)
                {
                    break;
                }

                end += read;
            }

            if (TryParse(buffer.AsSpan(start, end - start), ref first, parser, out var last))
            {
                yield return last!;
            }
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    private static bool TryParse<T>(ReadOnlySpan<byte> line, ref bool first, LineParser<T> parser, out T? item)
    {
        if (first && line.StartsWith(ByteOrderMark))
        {
            line = line[ByteOrderMark.Length..];
        }

        first = false;
        line = line.Trim(" \t\r"u8);
        item = line.Length == 0 ? default : parser(line);
        return line.Length > 0;
    }

    // Moves what is left to the front, and takes a larger buffer where even that leaves no room.
    private static (byte[] Buffer, int Start, int End) MakeRoom(byte[] buffer, int start, int end, int maxLine)
    {
        var length = end - start;
        if (length > maxLine)
        {
            throw new BackendException(BackendErrorKind.Protocol, $"A line of the upstream's stream is longer than {maxLine / (1024 * 1024)} MiB.");
        }

        if (end < buffer.Length)
        {
            return length == 0 ? (buffer, 0, 0) : (buffer, start, end);
        }

        var target = length * 2L > buffer.Length ? ArrayPool<byte>.Shared.Rent((int)Math.Min(2L * buffer.Length, maxLine + 4096L)) : buffer;
        buffer.AsSpan(start, length).CopyTo(target);
        if (!ReferenceEquals(target, buffer))
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }

        return (target, 0, length);
    }
}
