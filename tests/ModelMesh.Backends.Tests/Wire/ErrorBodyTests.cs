using System.Net;
using System.Runtime.InteropServices;
using ModelMesh.Backends.Wire.Http;
using Xunit;

namespace ModelMesh.Backends.Tests.Wire;

public sealed class ErrorBodyTests
{
    private const int Limit = 50_000;

    [Theory]
    [InlineData(0)]
    [InlineData(4095)]
    [InlineData(4096)]
    [InlineData(4097)]
    [InlineData(Limit - 1)]
    [InlineData(Limit)]
    [InlineData(Limit + 1)]
    public async Task Read_OfABodyThatDoesNotSayHowLongItIs_IsTheBodyUpToTheLimit(int length)
    {
        var sent = Enumerable.Range(0, length).Select(index => (byte)index).ToArray();

        Assert.Equal(sent.Take(Limit), (await ReadAsync(sent, Limit)).ToArray());
    }

    // Health is asked for all the time, and a buffer of the limit's size each time is what the garbage collector would spend its time on.
    [Fact]
    public async Task Read_OfAShortBody_TakesNoBufferOfTheLimit()
    {
        MemoryMarshal.TryGetArray(await ReadAsync(new byte[100], 2 * 1024 * 1024), out var buffer);

        Assert.InRange(buffer.Array!.Length, 100, 4096);
    }

    private static async Task<ReadOnlyMemory<byte>> ReadAsync(byte[] sent, int limit)
    {
        using var response = new HttpResponseMessage(HttpStatusCode.OK) { Content = new Chunked(sent) };
        Assert.Null(response.Content.Headers.ContentLength);
        return await ErrorBody.ReadAsync(response, limit, Timeout.InfiniteTimeSpan, TimeProvider.System, CancellationToken.None);
    }

    private sealed class Chunked(byte[] sent) : HttpContent
    {
        protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context) => stream.WriteAsync(sent).AsTask();

        protected override Task<Stream> CreateContentReadStreamAsync() => Task.FromResult<Stream>(new MemoryStream(sent));

        protected override bool TryComputeLength(out long length)
        {
            length = 0;
            return false;
        }
    }
}
