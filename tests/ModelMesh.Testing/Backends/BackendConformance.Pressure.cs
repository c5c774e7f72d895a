using System.Diagnostics;
using System.Globalization;
using System.Text.RegularExpressions;
using Microsoft.Extensions.AI;
using ModelMesh.Backends.Sdk;
using Xunit;

namespace ModelMesh.Testing.Backends;

/// <content>Slow readers, many streams at once, and connections over time.</content>
public abstract partial class BackendConformance
{
    private const int ParallelStreams = 50;

    [Fact]
    public async Task Reader_ThatIsSlow_HoldsTheUpstreamBack()
    {
        const int Chunks = 4096;
        var text = new string('x', 16 * 1024);
        var upstream = Upstream(async exchange =>
        {
            await exchange.StartAsync(Dialect.StreamType);
            for (var sent = 0; sent < Chunks; sent++)
            {
                await exchange.SendAsync(Dialect.Frame(Dialect.Text(text)));
            }

            await exchange.SendAsync(string.Concat(Dialect.Ending().Select(payload => Dialect.Frame(payload))));
            await exchange.EndAsync();
        });
        await using var updates = Stream(Create(upstream.Address)).GetAsyncEnumerator();
        var length = 0L;
        while (length == 0)
        {
            Assert.True(await updates.MoveNextAsync());
            length += updates.Current.Text.Length;
        }

        await StandsStillAsync(() => upstream.Connections.Max(connection => connection.BytesSent));

        Assert.InRange(upstream.Connections.Max(connection => connection.BytesSent), 1, 24 * 1024 * 1024);
        while (await updates.MoveNextAsync())
        {
            length += updates.Current.Text.Length;
        }

        Assert.Equal((long)Chunks * text.Length, length);
    }

    [Fact]
    public async Task Streams_FiftyAtOnce_DoNotMix()
    {
        var all = Gate();
        var begun = 0;
        var backend = Create(async exchange =>
        {
            var marker = Regex.Match(exchange.Request.Text, "marker-[0-9]+-", RegexOptions.None, Patience).Value;
            if (Interlocked.Increment(ref begun) == ParallelStreams)
            {
                all.SetResult();
            }

            await all.Task.WaitAsync(Patience, TimeProvider.System);
            await exchange.StartAsync(Dialect.StreamType);
            for (var sent = 0; sent < 20; sent++)
            {
                await exchange.SendAsync(Dialect.Frame(Dialect.Text(marker)));
                await Task.Yield();
            }

            await exchange.SendAsync(string.Concat(Dialect.Ending().Select(payload => Dialect.Frame(payload))));
            await exchange.EndAsync();
        });

        var outcomes = await Task.WhenAll(Enumerable.Range(0, ParallelStreams).Select(index =>
            ChatAsync(backend, messages: [new ChatMessage(ChatRole.User, string.Create(CultureInfo.InvariantCulture, $"marker-{index}- {Prompt}"))])));

        Assert.Equal(
            Enumerable.Range(0, ParallelStreams).Select(index => string.Concat(Enumerable.Repeat($"marker-{index}-", 20))),
            outcomes.Select(outcome => outcome.Text));
    }

    [Fact]
    public async Task Connection_AfterAWholeAnswer_IsUsedAgain()
    {
        var upstream = Upstream(AnsweringAtOnce());
        var backend = Create(upstream.Address);

        for (var chat = 0; chat < 5; chat++)
        {
            await ChatAsync(backend);
        }

        Assert.Single(upstream.Connections);
    }

    [Fact]
    public async Task Connection_AfterAnError_LeavesTheBackendUsable()
    {
        var fails = true;
        var upstream = Upstream(exchange => fails ? exchange.AnswerAsync(500, Dialect.Error("once")) : AnsweringAtOnce()(exchange));
        var backend = Create(upstream.Address);

        await Assert.ThrowsAsync<BackendException>(() => ChatAsync(backend));
        fails = false;

        Assert.Equal("Hello", (await ChatAsync(backend)).Text);
    }

    [Fact]
    public async Task Dispose_OfTheBackend_ClosesIdleConnections()
    {
        var upstream = Upstream(AnsweringAtOnce());
        var backend = Create(upstream.Address);
        await ChatAsync(backend);

        await DisposeAsync(backend);

        await Task.WhenAll(upstream.Connections.Select(connection => connection.ClientClosed)).WaitAsync(Patience, TimeProvider.System);
    }

    // In one write, so that the end of the body has come when the end mark is read.
    private Func<UpstreamExchange, Task> AnsweringAtOnce() => exchange =>
    {
        var body = string.Concat(new[] { Dialect.Text("Hello") }.Concat(Dialect.Ending()).Select(payload => Dialect.Frame(payload)));
        return exchange.Connection.WriteAsync(string.Create(
            CultureInfo.InvariantCulture,
            $"HTTP/1.1 200 OK\r\nContent-Type: {Dialect.StreamType}\r\nTransfer-Encoding: chunked\r\n\r\n{body.Length:x}\r\n{body}\r\n0\r\n\r\n"));
    };

    // A value that has not moved for long by this machine's measure does not move; to be wrong here can only spare a broken backend.
    private static async Task StandsStillAsync(Func<long> value)
    {
        var (last, since) = (-1L, Stopwatch.GetTimestamp());
        await Eventually.HoldsAsync(
            () =>
            {
                if (value() is var now && now != last)
                {
                    (last, since) = (now, Stopwatch.GetTimestamp());
                }

                return Stopwatch.GetElapsedTime(since) > TimeSpan.FromMilliseconds(300);
            },
            TimeSpan.FromSeconds(30),
            "the upstream stands still");
    }
}
