using System.Text;
using Xunit;

namespace ModelMesh.Testing.Backends;

/// <content>The ways of writing the same stream.</content>
public abstract partial class BackendConformance
{
    private static Dictionary<string, Func<UpstreamDialect, IReadOnlyList<string>, string>> ServerSentEventFramings { get; } = new(StringComparer.Ordinal)
    {
        ["SSE, LF"] = (dialect, payloads) => Join(payloads, payload => dialect.Frame(payload)),
        ["SSE, CRLF"] = (dialect, payloads) => Join(payloads, payload => dialect.Frame(payload, "\r\n")),
        ["SSE, CR"] = (dialect, payloads) => Join(payloads, payload => dialect.Frame(payload, "\r")),
        ["SSE, no space after the colon"] = (_, payloads) => Join(payloads, payload => $"data:{payload}\n\n"),
        ["SSE, byte order mark"] = (dialect, payloads) => "\uFEFF" + Join(payloads, payload => dialect.Frame(payload)),
        ["SSE, comments"] = (dialect, payloads) => ": hello\n\n" + Join(payloads, payload => $": ping\n\n:\n{dialect.Frame(payload)}"),
        ["SSE, known fields"] = (_, payloads) => Join(payloads, payload => $"event: message\nid: 7\nretry: 100\ndata: {payload}\n\n"),
        ["SSE, unknown fields"] = (_, payloads) => Join(payloads, payload => $"foo: bar\nnonsense\ndata: {payload}\nx:\n\n"),
        ["SSE, data over two lines"] = (_, payloads) => Join(payloads, payload => payload[0] == '{' ? $"data: {{\ndata: {payload[1..]}\n\n" : $"data: {payload}\n\n"),
        ["SSE, more blank lines"] = (dialect, payloads) => "\n\n" + Join(payloads, payload => dialect.Frame(payload) + "\n\n"),
        ["SSE, no blank line after the end mark"] = (dialect, payloads) => dialect.EndMark is null
            ? Join(payloads, payload => dialect.Frame(payload))
            : Join(payloads, payload => dialect.Frame(payload)).TrimEnd('\n'),
    };

    private static Dictionary<string, Func<UpstreamDialect, IReadOnlyList<string>, string>> JsonLineFramings { get; } = new(StringComparer.Ordinal)
    {
        ["lines, LF"] = (dialect, payloads) => Join(payloads, payload => dialect.Frame(payload)),
        ["lines, CRLF"] = (dialect, payloads) => Join(payloads, payload => dialect.Frame(payload, "\r\n")),
        ["lines, byte order mark"] = (dialect, payloads) => "\uFEFF" + Join(payloads, payload => dialect.Frame(payload)),
        ["lines, blank ones"] = (dialect, payloads) => "\n" + Join(payloads, payload => dialect.Frame(payload) + "\r\n\n"),
        ["lines, the last without end"] = (_, payloads) => string.Join('\n', payloads),
        ["lines, spaces around"] = (dialect, payloads) => Join(payloads, payload => dialect.Frame($"  {payload}\t ")),
    };

    [Fact]
    public async Task Stream_WrittenInAnyAllowedWay_IsRead()
    {
        foreach (var (framing, write) in Dialect.Framing == UpstreamFraming.ServerSentEvents ? ServerSentEventFramings : JsonLineFramings)
        {
            var text = write(Dialect, [Dialect.Text("Hel"), Dialect.Text("lo"), .. Dialect.Ending()]);
            var outcome = await ChatAsync(Create(exchange => AnswerBytesAsync(exchange, Encoding.UTF8.GetBytes(text))));

            Assert.Equal((framing, "Hello", 0), (framing, outcome.Text, outcome.SkippedChunks));
            AssertUsage(outcome);
        }
    }

    [Theory]
    [InlineData("\n")]
    [InlineData("\r\n")]
    public async Task Stream_SplitAtAnyByte_IsReadAsWritten(string newline)
    {
        const string Text = "aé€😀\\\"ß𝄞z";
        var tail = Encoding.UTF8.GetBytes(Dialect.Frame(Dialect.Text(Text), newline) + string.Concat(Dialect.Ending().Select(payload => Dialect.Frame(payload, newline))));
        var first = Encoding.UTF8.GetBytes(Dialect.Frame(Dialect.Text("x"), newline));
        var (position, seen) = (0, Gate());
        var backend = Create(async exchange =>
        {
            await exchange.StartAsync(Dialect.StreamType);
            await exchange.SendAsync((byte[])[.. first, .. tail[..position]]);
            await seen.Task;
            await exchange.SendAsync(tail.AsMemory(position));
            await exchange.EndAsync();
        });
        for (; position <= Encoding.UTF8.GetByteCount(Dialect.Frame(Dialect.Text(Text), newline)) + 10; position++)
        {
            seen = Gate();
            var outcome = new ChatOutcome();
            await foreach (var update in Stream(backend))
            {
                outcome.Add(update);
                if (outcome.Text.Length > 0)
                {
                    seen.TrySetResult();
                }
            }

            Assert.Equal((position, "x" + Text, 0), (position, outcome.Text, outcome.SkippedChunks));
        }
    }

    [Fact]
    public async Task Stream_SentByteByByte_IsReadAsWritten()
    {
        const string Text = "aé€😀z";
        var bytes = Encoding.UTF8.GetBytes(string.Concat(new[] { Dialect.Text(Text) }.Concat(Dialect.Ending()).Select(payload => Dialect.Frame(payload, "\r\n"))));
        var outcome = await ChatAsync(Create(async exchange =>
        {
            await exchange.StartAsync(Dialect.StreamType);
            for (var index = 0; index < bytes.Length; index++)
            {
                await exchange.SendAsync(bytes.AsMemory(index, 1));
            }

            await exchange.EndAsync();
        }));

        Assert.Equal(Text, outcome.Text);
        AssertUsage(outcome);
    }

    private static string Join(IEnumerable<string> payloads, Func<string, string> frame) => string.Concat(payloads.Select(frame));

    private async Task AnswerBytesAsync(UpstreamExchange exchange, byte[] bytes)
    {
        await exchange.StartAsync(Dialect.StreamType);
        await exchange.SendAsync(bytes);
        await exchange.EndAsync();
    }
}
