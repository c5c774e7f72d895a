using System.IO.Pipelines;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Connections;
using ModelMesh.Contracts.V1;
using ModelMesh.Gateway.Answers;
using ModelMesh.Gateway.Infer.Sse;
using ModelMesh.Gateway.Tests.Fakes;

namespace ModelMesh.Gateway.Tests.Infer;

public sealed class InferFormatTests
{
    // Long tokens are escaped part by part; no part may end inside a surrogate pair.
    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(511)]
    [InlineData(512)]
    [InlineData(513)]
    [InlineData(100_000)]
    public async Task Token_OfAnyLength_IsOneEvent_ThatHoldsItWhole(int length)
    {
        var text = string.Concat(Enumerable.Repeat("x😀\n", length)) + new string('y', length % 2);
        var output = new MemoryStream();
        var pipe = PipeWriter.Create(output);
        var writer = new AnswerOutput(pipe);

        Format(writer).Delta(new Delta { Text = text });
        var unflushed = writer.Unflushed;
        await writer.FlushAsync(CancellationToken.None);

        var written = Encoding.UTF8.GetString(output.ToArray());
        Assert.Equal(output.Length, unflushed);
        Assert.StartsWith("event: token\ndata: ", written, StringComparison.Ordinal);
        Assert.EndsWith("\n\n", written, StringComparison.Ordinal);
        using var json = JsonDocument.Parse(written["event: token\ndata: ".Length..]);
        Assert.Equal(text, json.RootElement.GetProperty("token").GetString());
    }

    [Fact]
    public void Token_AHundredThousandTimes_AllocatesNothing()
    {
        var output = new FixedWriter();
        var writer = Format(new AnswerOutput(output));
        var delta = new Delta { Text = "a \"token\" with 模型 😀\n" };

        Allocated.IsNothing(() => writer.Delta(delta));
    }

    [Fact]
    public async Task Flush_TheReaderHasGone_SaysSo()
    {
        var output = new Pipe();
        var writer = new AnswerOutput(output.Writer);
        Format(writer).Delta(new Delta { Text = "nobody reads this" });
        await output.Reader.CompleteAsync();

        await Assert.ThrowsAsync<ConnectionAbortedException>(async () => await writer.FlushAsync(CancellationToken.None));
    }

    [Fact]
    public async Task Flush_TheReaderGoesWhileItWaits_SaysSo()
    {
        var output = new Pipe(new PipeOptions(pauseWriterThreshold: 10, resumeWriterThreshold: 5));
        var writer = new AnswerOutput(output.Writer);
        Format(writer).Delta(new Delta { Text = "more than the pipe takes" });
        var flush = writer.FlushAsync(CancellationToken.None);
        Assert.False(flush.IsCompleted);
        await output.Reader.CompleteAsync();

        await Assert.ThrowsAsync<ConnectionAbortedException>(async () => await flush);
    }

    private static InferFormat Format(AnswerOutput output) => new(output, new Accepted());
}
