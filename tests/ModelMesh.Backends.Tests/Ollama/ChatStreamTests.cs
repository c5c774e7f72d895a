using Microsoft.Extensions.AI;
using ModelMesh.Backends.Ollama;
using ModelMesh.Backends.Sdk;
using ModelMesh.Backends.Tests.Plugins;
using ModelMesh.Testing.Backends;
using Xunit;

namespace ModelMesh.Backends.Tests.Ollama;

public sealed class ChatStreamTests
{
    private const string Hello = """{"message":{"role":"assistant","content":"Hello"},"done":false}""";
    private const string Done = """{"message":{"role":"assistant","content":""},"done":true,"done_reason":"stop","prompt_eval_count":3,"eval_count":4}""";

    [Fact]
    public async Task Usage_OfASecondEndMark_IsTold()
    {
        var outcome = await ChatAsync(Hello, """{"message":{"content":""},"done":true,"done_reason":"stop"}""", Done);

        Assert.Equal("Hello", outcome.Text);
        Assert.Equal(ChatFinishReason.Stop, outcome.FinishReason);
        Assert.Equal((3, 4), (outcome.Usage?.InputTokenCount, outcome.Usage?.OutputTokenCount));
    }

    [Fact]
    public async Task SecondEndMark_AfterUsage_ChangesNothing()
    {
        var outcome = await ChatAsync(Hello, Done, """{"message":{"content":"more"},"done":true,"done_reason":"length","eval_count":9}""");

        Assert.Equal("Hello", outcome.Text);
        Assert.Equal(ChatFinishReason.Stop, outcome.FinishReason);
        Assert.Equal(4, outcome.Usage?.OutputTokenCount);
    }

    [Fact]
    public async Task Connection_BrokenAfterAnEndMarkWithoutUsage_LeavesTheAnswerComplete()
    {
        await using var bench = new PluginBench(new OllamaFactory()).On("/api/chat", async exchange =>
        {
            await exchange.StartAsync("application/x-ndjson");
            await exchange.SendAsync(Hello + "\n" + """{"message":{"content":""},"done":true}""" + "\n");
            exchange.Connection.Close();
        });

        var outcome = await bench.ChatAsync();

        Assert.Equal("Hello", outcome.Text);
        Assert.Equal(ChatFinishReason.Stop, outcome.FinishReason);
    }

    [Fact]
    public async Task Stream_LeftOpenAfterAnEndMarkWithoutUsage_IsCompleteAfterASecond()
    {
        await using var bench = new PluginBench(new OllamaFactory()).On("/api/chat", async exchange =>
        {
            await exchange.StartAsync("application/x-ndjson");
            await exchange.SendAsync(Hello + "\n" + """{"message":{"content":""},"done":true}""" + "\n");
            await exchange.Connection.ClientClosed;
        });

        var chat = bench.ChatAsync();
        await Eventually.HoldsAsync(
            () =>
            {
                bench.Clock.Advance(TimeSpan.FromSeconds(1));
                return chat.IsCompleted;
            },
            TimeSpan.FromSeconds(10),
            "the answer is complete");

        Assert.Equal(("Hello", ChatFinishReason.Stop), ((await chat).Text, (await chat).FinishReason));
    }

    // Lemonade counts nothing and says 0. Ollama leaves out what is 0.
    [Fact]
    public async Task Usage_OfZeros_IsNone() =>
        Assert.Null((await ChatAsync(Hello, """{"message":{"content":""},"done":true,"prompt_eval_count":0,"eval_count":0}""")).Usage);

    // So Lemonade swallows an error that its engine answers a streamed request with.
    [Fact]
    public async Task Line_WithoutAMessageBeforeTheEnd_IsASkippedChunk() =>
        Assert.Equal(1, (await ChatAsync("""{"model":"m","done":false}""", Done)).SkippedChunks);

    [Theory]
    [InlineData(null, "stop")]
    [InlineData("stop", "stop")]
    [InlineData("load", "stop")]
    [InlineData("unload", "stop")]
    [InlineData("length", "length")]
    [InlineData("something_new", "something_new")]
    public async Task DoneReason_OfAnAnswerWithoutToolCalls_IsItsFinishReason(string? reason, string expected)
    {
        var said = reason is null ? "" : $",\"done_reason\":\"{reason}\"";

        var outcome = await ChatAsync(Hello, $$"""{"message":{"content":""},"done":true{{said}},"eval_count":1}""");

        Assert.Equal(expected, outcome.FinishReason?.Value);
    }

    [Fact]
    public async Task ToolCalls_WithoutIds_GetIdsOfTheirOwnAndFinishAsToolCalls()
    {
        var outcome = await ChatAsync(
            """{"message":{"role":"assistant","content":"","tool_calls":[{"function":{"name":"f","arguments":{"n": 1.50,"s":"é"}}},{"function":{"name":"g","arguments":{}}}]},"done":false}""",
            """{"message":{"role":"assistant","content":"","tool_calls":[{"id":"call_own","function":{"index":2,"name":"h","arguments":"{\"x\":1}"}}]},"done":false}""",
            Done);

        Assert.Equal(["f", "g", "h"], outcome.ToolCalls.Select(call => call.Name));
        Assert.Equal(["""{"n": 1.50,"s":"é"}""", "{}", """{"x":1}"""], outcome.ToolCalls.Select(call => call.Arguments));
        Assert.Equal(3, outcome.ToolCalls.Select(call => call.Id).Distinct().Count());
        Assert.Equal("call_own", outcome.ToolCalls[2].Id);
        Assert.Equal(ChatFinishReason.ToolCalls, outcome.FinishReason);
    }

    [Fact]
    public async Task LogProbabilities_OfAChunk_AreThoseOfItsUpdate()
    {
        var outcome = await ChatAsync(
            """{"message":{"content":"Hé"},"done":false,"logprobs":[{"token":"H","logprob":-0.5,"bytes":[72],"top_logprobs":[{"token":"H","logprob":-0.5},{"token":"J","logprob":-2}]},{"token":"é","logprob":0}]}""",
            Done);

        Assert.Equal([("H", -0.5), ("é", 0)], outcome.LogProbabilities.Select(token => (token.Token, token.LogProbability)));
        Assert.Equal("H"u8.ToArray(), outcome.LogProbabilities[0].Bytes!.Value.ToArray());
        Assert.Equal(["H", "J"], outcome.LogProbabilities[0].Top.Select(token => token.Token));
    }

    [Theory]
    [InlineData("event: error\ndata: {\"error\":\"the engine died\"}", BackendErrorKind.Upstream)]
    [InlineData("data:{\"error\":{\"message\":\"slow down\",\"code\":\"rate_limit_exceeded\"}}", BackendErrorKind.RateLimited)]
    [InlineData("{\"error\":\"busy\",\"status\":503}", BackendErrorKind.Unavailable)]
    public async Task Error_InTheStreamHoweverFramed_IsThrownByItsKind(string error, BackendErrorKind kind)
    {
        var failure = await Assert.ThrowsAsync<BackendException>(() => ChatAsync(Hello, error, Done));

        Assert.Equal(kind, failure.Kind);
    }

    [Fact]
    public async Task WholeAnswer_OverManyLines_IsReadAsOne()
    {
        await using var bench = new PluginBench(new OllamaFactory()).On("/api/chat", """
            {
              "message": {
                "role": "assistant",
                "content": "Hello"
              },
              "done": true,
              "done_reason": "stop",
              "eval_count": 4
            }
            """);

        var outcome = await bench.ChatAsync();

        Assert.Equal("Hello", outcome.Text);
        Assert.Equal(4, outcome.Usage?.OutputTokenCount);
    }

    [Fact]
    public async Task Lines_SentAsPlainJson_AreReadOneByOne()
    {
        await using var bench = new PluginBench(new OllamaFactory()).On("/api/chat", "application/json", Hello + "\n", Hello + "\n", Done + "\n");

        Assert.Equal(["Hello", "Hello"], (await bench.ChatAsync()).Pieces);
    }

    [Theory]
    [InlineData("/v1")]
    [InlineData("")]
    public async Task Endpoint_WithOrWithoutV1_LeadsToTheNativeApi(string suffix)
    {
        await using var server = ScriptedUpstream.Answering(exchange => exchange.AnswerAsync(200, Done));
        await using var bench = new PluginBench(new OllamaFactory(), $$"""{"endpoint":"{{server.Address}}behind{{suffix}}"}""");

        await bench.ChatAsync();

        Assert.Equal("/behind/api/chat", Assert.Single(server.Requests).Path);
    }

    private static async Task<ChatOutcome> ChatAsync(params string[] lines)
    {
        await using var bench = new PluginBench(new OllamaFactory()).On("/api/chat", "application/x-ndjson", [.. lines.Select(line => line + "\n")]);
        return await bench.ChatAsync();
    }
}
