using System.Text;
using Microsoft.Extensions.AI;
using ModelMesh.Backends.Sdk;
using Xunit;

namespace ModelMesh.Testing.Backends;

/// <content>Streams that break off or cannot be read.</content>
public abstract partial class BackendConformance
{
    private const string Malformed = "{\"broken\":[\"";

    [Fact]
    public async Task Stream_ResetInTheMiddle_ThrowsAfterWhatCame()
    {
        var seen = Gate();
        var backend = Create(async exchange =>
        {
            await exchange.StartAsync(Dialect.StreamType);
            await exchange.SendAsync(Dialect.Frame(Dialect.Text("Hel")));
            await seen.Task;
            exchange.Connection.Reset();
        });
        var outcome = new ChatOutcome();

        var failure = await Assert.ThrowsAsync<BackendException>(async () =>
        {
            await foreach (var update in Stream(backend))
            {
                outcome.Add(update);
                if (outcome.Text == "Hel")
                {
                    seen.TrySetResult();
                }
            }
        });

        Assert.Equal(BackendErrorKind.Protocol, failure.Kind);
        Assert.Equal("Hel", outcome.Text);
    }

    [Fact]
    public async Task Stream_EndedInGoodOrderWithoutFinish_ThrowsAfterWhatCame()
    {
        await FailsAsync(Create(Streaming(Dialect.Text("Hel"), Dialect.Text("lo"))), BackendErrorKind.Protocol, out var before);

        Assert.Equal("Hello", before.Text);
    }

    [Fact]
    public async Task Stream_ClosedBetweenTwoPieces_ThrowsAfterWhatCame()
    {
        var backend = Create(async exchange =>
        {
            await exchange.StartAsync(Dialect.StreamType);
            await exchange.SendAsync(Dialect.Frame(Dialect.Text("Hello")));
            exchange.Connection.Close();
        });

        await FailsAsync(backend, BackendErrorKind.Protocol, out var before);

        Assert.Equal("Hello", before.Text);
    }

    [Fact]
    public async Task Stream_CutInsideAChunk_Throws()
    {
        var frame = Dialect.Frame(Dialect.Text("Hello"));
        var backend = Create(exchange => AnswerBytesAsync(exchange, Encoding.UTF8.GetBytes(frame + frame[..(frame.Length / 2)])));

        await FailsAsync(backend, BackendErrorKind.Protocol);
    }

    [Fact]
    public async Task Stream_WithoutAnyChunk_Throws() => await FailsAsync(Create(Streaming()), BackendErrorKind.Protocol);

    [SkippableFact]
    public async Task Stream_OfSeveralAnswersOfWhichOneIsUnfinished_Throws()
    {
        if (Lacks(ChatFeatures.Choices) || Dialect.EndMark is null)
        {
            throw Inapplicable();
        }

        var backend = Create(Streaming(Dialect.Text("a"), Dialect.Text("b", 1), Dialect.Finish(ChatFinishReason.Stop)));

        var failure = await Assert.ThrowsAsync<BackendException>(() => ChatAsync(backend, new BackendCallOptions { Choices = 2 }));

        Assert.Equal(BackendErrorKind.Protocol, failure.Kind);
    }

    [Theory]
    [InlineData(Malformed)]
    [InlineData("nonsense")]
    [InlineData("{}}")]
    public async Task MalformedChunk_InAStreamThatGoesOn_IsSkippedAndCounted(string malformed)
    {
        var outcome = await ChatAsync(Create(Streaming([Dialect.Text("Hel"), malformed, Dialect.Text("lo"), .. Dialect.Ending()])));

        Assert.Equal("Hello", outcome.Text);
        Assert.Equal(1, outcome.SkippedChunks);
        Assert.Equal(ChatFinishReason.Stop, outcome.FinishReason);
    }

    [Theory]
    [InlineData("[1]")]
    [InlineData("42")]
    [InlineData("null")]
    public async Task Chunk_OfJsonThatIsNoObject_DoesNotEndTheStream(string chunk)
    {
        var outcome = await ChatAsync(Create(Streaming([Dialect.Text("Hel"), chunk, Dialect.Text("lo"), .. Dialect.Ending()])));

        Assert.Equal("Hello", outcome.Text);
    }

    [Fact]
    public async Task MalformedChunks_Ten_AreSkippedAndCounted()
    {
        var outcome = await ChatAsync(Create(Streaming([Dialect.Text("Hel"), .. Enumerable.Repeat(Malformed, 10), Dialect.Text("lo"), .. Dialect.Ending()])));

        Assert.Equal("Hello", outcome.Text);
        Assert.Equal(10, outcome.SkippedChunks);
    }

    [Fact]
    public async Task MalformedChunks_MoreThanTen_Throw() =>
        await FailsAsync(Create(Streaming([Dialect.Text("Hel"), .. Enumerable.Repeat(Malformed, 11), Dialect.Text("lo"), .. Dialect.Ending()])), BackendErrorKind.Protocol);

    [Fact]
    public async Task MalformedChunk_AsTheLast_Throws()
    {
        await FailsAsync(Create(Streaming(Dialect.Text("Hel"), Malformed)), BackendErrorKind.Protocol);
        if (Dialect.EndMark is not null)
        {
            await FailsAsync(Create(Streaming(Dialect.Text("Hel"), Dialect.Finish(ChatFinishReason.Stop), Malformed)), BackendErrorKind.Protocol);
        }
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Chunk_OverTheLimit_ThrowsWithoutReadingMuchMore(bool wellFormed)
    {
        var filler = Encoding.UTF8.GetBytes(new string('x', 1024 * 1024));
        var upstream = Upstream(async exchange =>
        {
            var (head, tail) = Halves(Dialect.Frame(Dialect.Text("@@")));
            await exchange.StartAsync(Dialect.StreamType);
            await exchange.SendAsync(head);
            for (var sent = 0; sent < (wellFormed ? 9 : 64); sent++)
            {
                await exchange.SendAsync(filler);
            }

            await exchange.SendAsync(wellFormed ? tail + string.Concat(Dialect.Ending().Select(payload => Dialect.Frame(payload))) : "");
            await exchange.EndAsync();
        });

        await FailsAsync(Create(upstream.Address), BackendErrorKind.Protocol);

        Assert.InRange(upstream.Connections.Max(connection => connection.BytesSent), 1, 24 * 1024 * 1024);

        static (string Head, string Tail) Halves(string frame) => (frame[..frame.IndexOf('@', StringComparison.Ordinal)], frame[(frame.LastIndexOf('@') + 1)..]);
    }

    [Theory]
    [InlineData("text/html")]
    [InlineData("application/json")]
    public async Task Answer_OfAPageWithStatus200_Throws(string contentType) =>
        await FailsAsync(Create(exchange => exchange.AnswerAsync(200, "<!DOCTYPE html>\n<html><body>Sign in</body></html>\n", contentType)), BackendErrorKind.Protocol);

    [Fact]
    public async Task StreamError_AfterText_IsThrownByItsKindAfterWhatCame()
    {
        foreach (var (payload, kind) in Dialect.StreamErrors)
        {
            await FailsAsync(Create(Streaming([Dialect.Text("Hel"), payload, .. Dialect.Ending()])), kind, out var before);

            Assert.Equal("Hel", before.Text);
        }
    }

    [Fact]
    public async Task StreamError_InsteadOfAnAnswer_IsThrownByItsKind()
    {
        foreach (var (payload, kind) in Dialect.StreamErrors)
        {
            await FailsAsync(Create(Streaming(payload)), kind);
            await FailsAsync(Create(exchange => exchange.AnswerAsync(200, payload)), kind);
        }
    }
}
