using System.Text;
using ModelMesh.Backends.Sdk;
using ModelMesh.Backends.Wire.Streaming;
using Xunit;

namespace ModelMesh.Backends.Tests.Wire;

public sealed class StreamingBoundsTests
{
    [Theory]
    [InlineData("\n")]
    [InlineData("\r\n")]
    [InlineData("\r")]
    public void Events_EachWithinTheLimit_MayBeManyTimesItTogether(string newline)
    {
        var limit = new EventLimit(limit: 20);
        var bytes = Encoding.UTF8.GetBytes(string.Concat(Enumerable.Repeat($"data: 12345{newline}{newline}", 100)));

        for (var index = 0; index < bytes.Length; index += 3)
        {
            limit.Count(bytes.AsSpan(index, Math.Min(3, bytes.Length - index)));
        }
    }

    [Theory]
    [InlineData("data: 123456789012345678901")]
    [InlineData("data: 12345\ndata: 12345\n")]
    [InlineData("data: 1\r\ndata: 1\r\ndata: 1\r\n")]
    public void Event_OverTheLimit_IsRefusedBeforeItsEnd(string text)
    {
        var limit = new EventLimit(limit: 20);

        Assert.Equal(BackendErrorKind.Protocol, Assert.Throws<BackendException>(() => limit.Count(Encoding.UTF8.GetBytes(text))).Kind);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(7)]
    [InlineData(1000)]
    public async Task Lines_ReadInPiecesOfAnySize_AreTheLines(int piece)
    {
        var lines = await ReadAsync([0xEF, 0xBB, 0xBF, .. "{\"a\":\"ä\"}\r\n\r\n\n {\"b\":1}\n{\"c\":2}"u8], piece, maxLine: 100);

        Assert.Equal(["{\"a\":\"ä\"}", "{\"b\":1}", "{\"c\":2}"], lines);
    }

    [Fact]
    public async Task Line_OfTheLimit_IsRead() => Assert.Equal([new string('x', 50_000)], await ReadAsync(Encoding.UTF8.GetBytes(new string('x', 50_000)), 4_096, maxLine: 50_000));

    [Fact]
    public async Task Line_OverTheLimit_IsRefusedWithoutReadingOn()
    {
        var body = new PiecesStream(Encoding.UTF8.GetBytes(new string('x', 200_000)), 4_096);

        var failure = await Assert.ThrowsAsync<BackendException>(async () => await ReadAsync(body, maxLine: 50_000));

        Assert.Equal(BackendErrorKind.Protocol, failure.Kind);
        Assert.InRange(body.Position, 50_000, 50_000 + 4_096);
    }

    [Fact]
    public void SkippedChunks_UpToTen_AreToldOnceEach()
    {
        var skipped = new SkippedChunks();
        for (var count = 0; count < SkippedChunks.Max; count++)
        {
            skipped.Skip();
        }

        Assert.Equal((SkippedChunks.Max, 0, true), (skipped.Take(), skipped.Take(), skipped.WasLast));
        Assert.Throws<BackendException>(skipped.Skip);
    }

    private static Task<List<string>> ReadAsync(byte[] bytes, int piece, int maxLine) => ReadAsync(new PiecesStream(bytes, piece), maxLine);

    private static async Task<List<string>> ReadAsync(PiecesStream body, int maxLine)
    {
        var lines = new List<string>();
        await foreach (var line in JsonLines.ReadAsync(UpstreamStream.Over(body, new LengthLimit(long.MaxValue)), bytes => Encoding.UTF8.GetString(bytes), maxLine, CancellationToken.None))
        {
            lines.Add(line);
        }

        return lines;
    }
}
