using Microsoft.Extensions.AI;
using Xunit;

namespace ModelMesh.Testing.Backends;

/// <content>An answer as it should be, and as some upstreams give it.</content>
public abstract partial class BackendConformance
{
    [Fact]
    public async Task Stream_AnsweredInPieces_GivesTextInOrderWithUsageAndFinishReason()
    {
        var backend = Create(Streaming([Dialect.Text("Hel"), Dialect.Text("lo"), Dialect.Text(" world"), .. Dialect.Ending()]));

        var outcome = await ChatAsync(backend);

        Assert.Equal(["Hel", "lo", " world"], outcome.Pieces);
        Assert.Equal(ChatFinishReason.Stop, outcome.FinishReason);
        AssertUsage(outcome);
        Assert.Equal(0, outcome.SkippedChunks);
    }

    [Fact]
    public async Task Stream_MoreOfItHeldBack_GivesEachPieceAsItComes()
    {
        var go = Gate();
        var backend = Create(async exchange =>
        {
            await exchange.StartAsync(Dialect.StreamType);
            await exchange.SendAsync(Dialect.Frame(Dialect.Text("first")));
            await go.Task;
            await exchange.SendAsync(string.Concat(Dialect.Ending().Select(payload => Dialect.Frame(payload))));
            await exchange.EndAsync();
        });

        var outcome = new ChatOutcome();
        await foreach (var update in Stream(backend))
        {
            outcome.Add(update);
            if (outcome.Text == "first")
            {
                go.TrySetResult();
            }
        }

        Assert.Equal(ChatFinishReason.Stop, outcome.FinishReason);
    }

    [SkippableTheory]
    [InlineData("stop")]
    [InlineData("length")]
    [InlineData("content_filter")]
    public async Task Stream_FinishedForAReason_GivesThatReason(string name)
    {
        var reason = new ChatFinishReason(name);
        if (!Dialect.FinishReasons.Contains(reason))
        {
            throw Inapplicable();
        }

        var outcome = await ChatAsync(Create(Streaming([Dialect.Text("Hello"), .. Dialect.Ending(reason)])));

        Assert.Equal(reason, outcome.FinishReason);
    }

    [Fact]
    public async Task Stream_WithoutEndMarkButFinished_IsComplete()
    {
        var outcome = await ChatAsync(Create(Streaming(Dialect.Text("Hello"), Dialect.Finish(ChatFinishReason.Stop))));

        Assert.Equal("Hello", outcome.Text);
        Assert.Equal(ChatFinishReason.Stop, outcome.FinishReason);
    }

    [Fact]
    public async Task Stream_EndedTwice_IsOneAnswer()
    {
        var end = Dialect.EndMark ?? Dialect.Finish(ChatFinishReason.Stop);

        var outcome = await ChatAsync(Create(Streaming([Dialect.Text("Hello"), .. Dialect.Ending(), end])));

        Assert.Equal("Hello", outcome.Text);
        Assert.Equal(ChatFinishReason.Stop, outcome.FinishReason);
        AssertUsage(outcome);
    }

    [Fact]
    public async Task Stream_WithEmptyChunksAndUnknownFields_ReadsTheRest()
    {
        var backend = Create(Streaming([.. Dialect.Curiosities, Dialect.Text("Hel"), .. Dialect.Curiosities, Dialect.Text("lo"), .. Dialect.Curiosities, .. Dialect.Ending()]));

        var outcome = await ChatAsync(backend);

        Assert.Equal("Hello", outcome.Text);
        Assert.Equal(0, outcome.SkippedChunks);
        Assert.Equal(ChatFinishReason.Stop, outcome.FinishReason);
    }

    [SkippableFact]
    public async Task Stream_WithChunksAfterTheUsage_GivesUsageAndText()
    {
        if (Dialect.Usage is not { } usage)
        {
            throw Inapplicable();
        }

        var outcome = await ChatAsync(Create(Streaming([Dialect.Text("Hel"), usage, Dialect.Text("lo"), Dialect.Finish(ChatFinishReason.Stop), Dialect.EndMark!])));

        Assert.Equal("Hello", outcome.Text);
        AssertUsage(outcome);
    }

    [Fact]
    public async Task Stream_AnsweredWhole_IsTheStreamItShouldHaveBeen()
    {
        var outcome = await ChatAsync(Create(exchange => exchange.AnswerAsync(200, Dialect.Whole("Hello world"))));

        Assert.Equal("Hello world", outcome.Text);
        Assert.Equal(ChatFinishReason.Stop, outcome.FinishReason);
        AssertUsage(outcome);
    }

    [Fact]
    public async Task Stream_EndedByTheConnectionsEnd_IsComplete()
    {
        var backend = Create(async exchange =>
        {
            await exchange.Connection.WriteAsync($"HTTP/1.1 200 OK\r\nContent-Type: {Dialect.StreamType}\r\nConnection: close\r\n\r\n");
            await exchange.Connection.WriteAsync(string.Concat(new[] { Dialect.Text("Hello") }.Concat(Dialect.Ending()).Select(payload => Dialect.Frame(payload))));
            exchange.Connection.Close();
        });

        Assert.Equal("Hello", (await ChatAsync(backend)).Text);
    }

    [Fact]
    public async Task Stream_ChunkOfFourMebibytes_IsRead()
    {
        var text = new string('x', 4 * 1024 * 1024);

        var outcome = await ChatAsync(Create(Streaming([Dialect.Text(text), .. Dialect.Ending()])));

        Assert.Equal(text.Length, outcome.Text.Length);
    }

    private static void AssertUsage(ChatOutcome outcome)
    {
        Assert.Equal(UpstreamDialect.InputTokens, outcome.Usage?.InputTokenCount);
        Assert.Equal(UpstreamDialect.OutputTokens, outcome.Usage?.OutputTokenCount);
    }

    private static TaskCompletionSource Gate() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
