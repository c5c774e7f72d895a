using System.Buffers.Binary;

namespace ModelMesh.Feed;

/// <summary>
/// Reads the files of a .NET single-file application, format version 6 (dotnet/designs, single-file "bundler format"):
/// an 8-byte header offset stands right before a fixed 32-byte mark; the header lists each file's offset, size and path.
/// </summary>
internal sealed class SingleFileBundle : IDisposable
{
    private const int ChunkSize = 1 << 20;

    private static readonly byte[] Mark = Convert.FromHexString("8b1202b96a612038727b930214d7a03213f5b9e6efae3318ee3b2dce24b36aae");

    private readonly FileStream _stream;
    private readonly Dictionary<string, (long Offset, long Size)> _files;

    private SingleFileBundle(FileStream stream, Dictionary<string, (long Offset, long Size)> files)
    {
        _stream = stream;
        _files = files;
    }

    public static SingleFileBundle Open(string path)
    {
        var stream = File.OpenRead(path);
        stream.Position = HeaderOffset(stream);
        var reader = new BinaryReader(stream);
        var major = reader.ReadUInt32();
        if (major != 6)
        {
            throw new FeedException($"{path} is a single-file bundle of version {major}; version 6 was expected.");
        }

        _ = reader.ReadUInt32(); // minor version
        var count = reader.ReadInt32();
        _ = reader.ReadString(); // bundle id
        _ = reader.ReadBytes((4 * sizeof(long)) + sizeof(ulong)); // deps.json and runtimeconfig.json locations, flags
        var files = new Dictionary<string, (long, long)>(StringComparer.Ordinal);
        for (var i = 0; i < count; i++)
        {
            var offset = reader.ReadInt64();
            var size = reader.ReadInt64();
            var compressedSize = reader.ReadInt64();
            _ = reader.ReadByte(); // type
            var name = reader.ReadString();
            // A compressed file is left out: none of ours is one, and asking for one then says it is not there.
            if (compressedSize == 0)
            {
                files[name] = (offset, size);
            }
        }

        return new SingleFileBundle(stream, files);
    }

    public byte[] Read(string name)
    {
        if (!_files.TryGetValue(name, out var place))
        {
            throw new FeedException($"The Aspire CLI's bundle holds no {name} that can be read.");
        }

        var content = new byte[place.Size];
        _stream.Position = place.Offset;
        _stream.ReadExactly(content);
        return content;
    }

    public void Dispose() => _stream.Dispose();

    private static long HeaderOffset(FileStream stream)
    {
        // Chunks overlap by mark and offset, so that neither is cut in two.
        var overlap = Mark.Length + sizeof(long);
        var buffer = new byte[ChunkSize + overlap];
        for (long start = 0; start < stream.Length; start += ChunkSize)
        {
            stream.Position = start;
            var read = stream.ReadAtLeast(buffer, buffer.Length, throwOnEndOfStream: false);
            var at = buffer.AsSpan(0, read).IndexOf(Mark);
            if (at >= sizeof(long))
            {
                return BinaryPrimitives.ReadInt64LittleEndian(buffer.AsSpan(at - sizeof(long)));
            }
        }

        throw new FeedException($"{stream.Name} is not a .NET single-file application.");
    }
}
