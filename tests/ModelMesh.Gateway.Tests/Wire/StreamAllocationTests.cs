using System.Net.Sockets;
using System.Text;
using ModelMesh.Contracts.V1;
using ModelMesh.Gateway.Tests.Fakes;
using Xunit.Abstractions;

namespace ModelMesh.Gateway.Tests.Wire;

/// <summary>What a token allocates in all, from a registry's write to the client's socket: gRPC on both ends, the gateway, Kestrel. Counted, not timed.</summary>
[Collection(TimingTests.Name)]
public sealed class StreamAllocationTests(ITestOutputHelper output)
{
    private const string Token = "twenty bytes a token";

    // The text is 64 bytes. The rest is gRPC's, protobuf's and Kestrel's, and for each message: some 1,600 bytes for one of 64 tokens, of which 500 are the list of its texts, and 260 for
    // one of one token. An object for each token, of which a parsed delta is two of 104 bytes together, does not fit in.
    [Theory]
    [InlineData("/infer", """{"model":"chat","input":"hi"}""", 64, 130)]
    [InlineData("/v1/chat/completions", """{"model":"chat","stream":true,"messages":[{"role":"user","content":"hi"}]}""", 64, 130)]
    [InlineData("/infer", """{"model":"chat","input":"hi"}""", 1, 400)]
    public async Task Stream_ThroughKestrelAndGrpc_StaysWithinItsBudgetAToken(string path, string body, int tokensPerMessage, int budget)
    {
        await using var registry = await FakeRegistry.StartAsync();
        var message = Message(tokensPerMessage);
        var messages = 0;
        registry.Behave = async call =>
        {
            Assert.True(call.Request.TakesTexts);
            await call.AcceptAsync();
            await call.RepeatAsync(message, messages);
            await call.CompleteAsync();
        };
        await using var gateway = await TestGateway.StartAsync(registry);

        async Task<long> AllocatedAsync(int tokens)
        {
            messages = tokens / tokensPerMessage;
            using var raw = await RawHttp.ConnectAsync(gateway.Address);
            var bytes = Encoding.UTF8.GetBytes(body);
            var before = GC.GetTotalAllocatedBytes();
            await raw.SendAsync($"POST {path} HTTP/1.1\r\nHost: gateway\r\nContent-Type: application/json\r\nContent-Length: {bytes.Length}\r\nConnection: close\r\n\r\n{body}");
            Assert.True(Drain(raw.Stream.Socket) > tokens * Token.Length);
            return GC.GetTotalAllocatedBytes() - before;
        }

        await AllocatedAsync(20_480);
        var runs = new List<double>();
        for (var run = 0; run < 5; run++)
        {
            runs.Add((await AllocatedAsync(20_480) - await AllocatedAsync(5_120)) / (20_480.0 - 5_120));
        }

        var perToken = runs.Order().ElementAt(runs.Count / 2);
        output.WriteLine($"{perToken:F1} bytes a token");
        Assert.InRange(perToken, Token.Length * sizeof(char), budget);
    }

    private static InferEvent Message(int tokens)
    {
        var deltas = new Deltas();
        deltas.Texts.AddRange(Enumerable.Repeat(Token, tokens));
        return new InferEvent { Deltas = deltas };
    }

    // On a thread of its own, which allocates nothing.
    private static long Drain(Socket socket)
    {
        var (buffer, read) = (new byte[64 * 1024], 0L);
        for (int count; (count = socket.Receive(buffer)) > 0;)
        {
            read += count;
        }

        return read;
    }
}
