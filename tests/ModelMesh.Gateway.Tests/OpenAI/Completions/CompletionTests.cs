using System.Net;
using System.Text;
using ModelMesh.Contracts.Errors;
using ModelMesh.Contracts.V1;
using ModelMesh.Gateway.OpenAI.Completions;
using ModelMesh.Gateway.Tests.Fakes;

namespace ModelMesh.Gateway.Tests.OpenAI.Completions;

public sealed class CompletionTests
{
    private const string Path = "/v1/completions";
    private const string Head = """{"id":"cmpl-r-1","object":"text_completion","created":1,"model":"chat","system_fingerprint":"fp_1","choices":[""";

    [Theory]
    [InlineData("{}", "prompt")]
    [InlineData("""{"model":"m","prompt":[]}""", "prompt")]
    [InlineData("""{"model":"m","prompt":[1,2,3]}""", "prompt")]
    [InlineData("""{"model":"m","prompt":[[1],[2]]}""", "prompt")]
    [InlineData("""{"model":"m","prompt":[null,"\ud800"]}""", "prompt[0] | prompt[1]")]
    [InlineData("""{"model":"m","prompt":["a","b","c"]}""", "prompt")]
    [InlineData("""{"model":"m","prompt":["a","b"],"stream":true}""", "prompt")]
    [InlineData("""{"model":"m","prompt":"a","best_of":2,"echo":true,"suffix":"x","logprobs":21,"messages":[],"tools":[]}""", "logprobs | best_of | echo | suffix | messages | tools")]
    [InlineData("""{"model":"m","prompt":"a","logprobs":true}""", "logprobs")]
    public void Parse_BadBody_NamesEveryFault(string body, string fields)
    {
        var error = Assert.Throws<MeshException>(() => Parse(body));
        Assert.Equal(fields, string.Join(" | ", error.Details.Select(detail => detail.Field)));
    }

    [Fact]
    public void Parse_OfEachPrompt_MakesAChatOfOneMessage()
    {
        var exchange = Parse("""{"model":"m","prompt":["a","b"],"n":2,"best_of":2,"echo":false,"suffix":null,"logprobs":0,"max_tokens":7,"user":"u"}""");

        Assert.Equal(["a", "b"], exchange.Requests.Select(request => Assert.Single(request.Messages).Content));
        Assert.All(exchange.Requests, request =>
        {
            Assert.Equal((7, 2, 0, """{"user":"u"}"""), (request.Options.MaxTokens, request.Options.N, request.Options.TopLogprobs, request.Options.ExtraJson));
            Assert.True(request.Options.Logprobs);
            Assert.True(request is { Lenient: true, IsReference: true });
        });
        Assert.Single(exchange.Requests.Select(request => request.HashKey).Distinct(StringComparer.Ordinal));
        Assert.NotNull(exchange.Request.HashKey);
    }

    [Fact]
    public async Task Streamed_IsChunksOfText()
    {
        await using var registry = await FakeRegistry.StartAsync();
        await using var gateway = await TestGateway.StartAsync(registry);

        Assert.Equal(
            "data: " + Head + """{"index":0,"text":"Hello","logprobs":null,"finish_reason":null}],"usage":null}""" + "\n\n"
            + "data: " + Head + """{"index":0,"text":" world","logprobs":null,"finish_reason":null}],"usage":null}""" + "\n\n"
            + "data: " + Head + """{"index":0,"text":"","logprobs":null,"finish_reason":"stop"}],"usage":null}""" + "\n\n"
            + "data: " + Head + """],"usage":{"prompt_tokens":3,"completion_tokens":2,"total_tokens":5}}""" + "\n\n"
            + "data: [DONE]\n\n",
            await gateway.TextAsync(Path, """{"model":"chat","prompt":"hi","stream":true,"stream_options":{"include_usage":true}}"""));
    }

    [Fact]
    public async Task SeveralPrompts_TheAnswerSaysWhatAllOfThemCost()
    {
        await using var registry = await FakeRegistry.StartAsync();
        registry.Behave = async call =>
        {
            await call.AcceptAsync();
            await call.SendAsync(new Deltas { Items = { new Delta { Text = "x" } }, Attempts = call.Request.Messages[0].Content.Length });
            await call.CompleteAsync(1);
        };
        await using var gateway = await TestGateway.StartAsync(registry);

        using var response = await gateway.PostAsync(Path, """{"model":"chat","prompt":["a","bb","cccc"]}""");

        Assert.Equal((HttpStatusCode.OK, "7"), (response.StatusCode, response.Headers.GetValues("x-modelmesh-attempts").Single()));
    }

    [Fact]
    public async Task SeveralPrompts_TheirChoicesAreNumberedThroughAndTheirUsageIsSummed()
    {
        await using var registry = await FakeRegistry.StartAsync();
        registry.Behave = async call =>
        {
            var prompt = call.Request.Messages[0].Content;
            await call.AcceptAsync();
            await call.SendAsync(new Deltas { Items = { new Delta { Text = prompt + "0" }, new Delta { Choice = 1, Text = prompt + "1" } } });
            await call.CompleteAsync(new Completed { FinishReason = "stop", FinishReasons = { "stop", "length" }, Usage = new Usage { InputTokens = 1, OutputTokens = 2, TotalTokens = 3 } });
        };
        await using var gateway = await TestGateway.StartAsync(registry);

        Assert.Equal(
            Head
            + """{"index":0,"text":"a0","logprobs":null,"finish_reason":"stop"},{"index":1,"text":"a1","logprobs":null,"finish_reason":"length"},"""
            + """{"index":2,"text":"b0","logprobs":null,"finish_reason":"stop"},{"index":3,"text":"b1","logprobs":null,"finish_reason":"length"}"""
            + """],"usage":{"prompt_tokens":2,"completion_tokens":4,"total_tokens":6}}""",
            await gateway.TextAsync(Path, """{"model":"chat","prompt":["a","b"],"n":2}"""));
        Assert.Equal(["r-1-0", "r-1-1"], registry.Calls.Select(call => call.Request.RequestId).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task SeveralPrompts_OneFails_ItsErrorIsTheAnswerAndTheOthersAreCancelled()
    {
        await using var registry = await FakeRegistry.StartAsync();
        registry.Behave = async call =>
        {
            if (call.Request.Messages[0].Content == "a")
            {
                await call.AcceptAsync();
                await call.TokensAsync("x");
                await call.HangAsync();
            }

            await Eventually.HoldsAsync(() => registry.Calls.Any(other => other.Sent == 1), "the other is under way");
            throw GrpcErrors.ToRpcException(new MeshException(ErrorCode.BackendError, "it broke"));
        };
        await using var gateway = await TestGateway.StartAsync(registry);

        using var response = await gateway.PostAsync(Path, """{"model":"chat","prompt":["a","b"]}""");

        Assert.Equal(HttpStatusCode.BadGateway, response.StatusCode);
        Assert.Contains("it broke", await response.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        await Eventually.HoldsAsync(() => registry.Calls.Any(call => call.CancelledAt != 0), "the other is cancelled");
    }

    [Fact]
    public async Task SeveralPrompts_TogetherLongerThanIsCollected_AreRefused()
    {
        await using var registry = await FakeRegistry.StartAsync();
        registry.Behave = call => call.AnswerAsync(new string('x', 600));
        await using var gateway = await TestGateway.StartAsync(new FakeCatalog(FakeCatalog.Model()), ["--Answers:MaxWholeAnswer=1024"], registry);

        using var response = await gateway.PostAsync(Path, """{"model":"chat","prompt":["a","b"]}""");

        Assert.Equal(HttpStatusCode.BadGateway, response.StatusCode);
        Assert.Contains("longer than 1024 bytes", await response.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Logprobs_AreListsInTheLegacyShape_AndOffsetsGoOnFromChunkToChunk()
    {
        await using var registry = await FakeRegistry.StartAsync();
        registry.Behave = async call =>
        {
            await call.AcceptAsync();
            await call.SendAsync(new Deltas { Items = { Token("ab"), Token("c") } });
            await call.CompleteAsync(2);
        };
        await using var gateway = await TestGateway.StartAsync(registry);

        Assert.Contains(
            """{"index":0,"text":"abc","logprobs":{"tokens":["ab","c"],"token_logprobs":[-0.5,-0.5],"top_logprobs":[{"ab":-0.5,"z":-2},{"c":-0.5,"z":-2}],"text_offset":[0,2]}""",
            await gateway.TextAsync(Path, """{"model":"chat","prompt":"a","logprobs":2}"""),
            StringComparison.Ordinal);
        Assert.Contains(
            """{"index":0,"text":"c","logprobs":{"tokens":["c"],"token_logprobs":[-0.5],"top_logprobs":[{"c":-0.5,"z":-2}],"text_offset":[2]},"finish_reason":null}""",
            await gateway.TextAsync(Path, """{"model":"chat","prompt":"a","logprobs":2,"stream":true}"""),
            StringComparison.Ordinal);
    }

    [Fact]
    public void Delta_AHundredThousandTimes_AllocatesNothing() => Formats.AllocateNothing(
        output => new CompletionFormat(output, new Gateway.OpenAI.ChunkFrame("cmpl", "text_completion", Formats.Context, "m", includeUsage: false)), new Delta { Text = "a \"token\" 😀\n" });

    private static Delta Token(string text) => new()
    {
        Text = text,
        Logprobs = { new TokenLogprob { Token = text, Logprob = -0.5, Top = { new TokenLogprob { Token = "z", Logprob = -2 }, new TokenLogprob { Token = text, Logprob = -0.5 } } } },
    };

    private static CompletionExchange Parse(string body) => CompletionBody.Parse(Encoding.UTF8.GetBytes(body), maxPrompts: 2);
}
