using System.Text;

namespace ModelMesh.Feed.Tests;

public sealed class SingleFileBundleTests : IDisposable
{
    private static readonly byte[] Mark = Convert.FromHexString("8b1202b96a612038727b930214d7a03213f5b9e6efae3318ee3b2dce24b36aae");

    private readonly string _path = Path.GetTempFileName();

    public void Dispose() => File.Delete(_path);

    [Theory]
    [InlineData(0)]
    // The mark lies across the border between two chunks of the search.
    [InlineData((1 << 20) - 20)]
    public void Read_FileInBundle_GivesItsBytes(int markPosition)
    {
        WriteBundle(markPosition, compressedSize: 0, major: 6);

        using var bundle = SingleFileBundle.Open(_path);

        Assert.Equal("the assembly"u8.ToArray(), bundle.Read("An.dll"));
    }

    [Fact]
    public void Read_FileNotInBundleOrCompressed_SaysSo()
    {
        WriteBundle(markPosition: 0, compressedSize: 5, major: 6);

        using var bundle = SingleFileBundle.Open(_path);

        Assert.Contains("An.dll", Assert.Throws<FeedException>(() => bundle.Read("An.dll")).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Open_OtherVersion_SaysSo()
    {
        WriteBundle(markPosition: 0, compressedSize: 0, major: 7);

        Assert.Contains("version 7", Assert.Throws<FeedException>(() => SingleFileBundle.Open(_path)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Open_NoBundle_SaysSo()
    {
        File.WriteAllText(_path, "just text");

        Assert.Contains("not a .NET single-file application", Assert.Throws<FeedException>(() => SingleFileBundle.Open(_path)).Message, StringComparison.Ordinal);
    }

    private void WriteBundle(int markPosition, long compressedSize, uint major)
    {
        var content = "the assembly"u8.ToArray();
        using var stream = File.Create(_path);
        using var writer = new BinaryWriter(stream, Encoding.UTF8);
        writer.Write(new byte[markPosition]);
        var headerField = stream.Position;
        writer.Write(0L);
        writer.Write(Mark);
        var contentAt = stream.Position;
        writer.Write(content);
        var header = stream.Position;
        writer.Write(major);
        writer.Write(0u);
        writer.Write(1);
        writer.Write("id");
        writer.Write(new byte[40]);
        writer.Write(contentAt);
        writer.Write((long)content.Length);
        writer.Write(compressedSize);
        writer.Write((byte)1);
        writer.Write("An.dll");
        stream.Position = headerField;
        writer.Write(header);
    }
}
