using Microsoft.Extensions.AI;
using ModelMesh.Backends.Sdk;
using ModelMesh.Backends.Tests.Plugins;
using ModelMesh.Backends.Tgi;
using ModelMesh.Testing.Backends;
using Xunit;
using static ModelMesh.Backends.Tests.Tgi.TgiEvents;

namespace ModelMesh.Backends.Tests.Tgi;

public sealed class GenerateStreamTests
{
    [Theory]
    [InlineData("length", "length")]
    [InlineData("eos_token", "stop")]
    [InlineData("stop_sequence", "stop")]
    public async Task Answer_OfTokens_IsTheirTextWithoutSpecialOnes(string reason, string expected)
    {
        var outcome = await ChatAsync(new(), Token("<s>", special: true), Token("Hel"), Token("lo"), Last("</s>", reason, special: true));

        Assert.Equal(["Hel", "lo"], outcome.Pieces);
        Assert.Equal(expected, outcome.FinishReason?.Value);
        Assert.Equal((11, 7, 18), (outcome.Usage?.InputTokenCount, outcome.Usage?.OutputTokenCount, outcome.Usage?.TotalTokenCount));
    }

    [Fact]
    public async Task LastToken_ThatIsText_IsPartOfTheAnswer() =>
        Assert.Equal("Hello!", (await ChatAsync(new(), Token("Hello"), Last("!", "length"))).Text);

    [Fact]
    public async Task StopSequence_InTheTokens_IsNoPartOfTheAnswer()
    {
        var outcome = await ChatAsync(new() { StopSequences = ["\nUser:"] }, Token("Hi"), Token("."), Token("\nUs"), Last("er:", "stop_sequence"));

        Assert.Equal(["Hi", "."], outcome.Pieces);
        Assert.Equal(ChatFinishReason.Stop, outcome.FinishReason);
        Assert.Equal(7, outcome.Usage?.OutputTokenCount);
    }

    [Fact]
    public async Task StopSequence_InTheModelsExtra_IsNoPartOfTheAnswer()
    {
        await using var bench = Bench("""{"template":"plain","extra":{"parameters":{"stop":["END"]}}}""", Token("Hi"), Last("END", "stop_sequence"));

        Assert.Equal("Hi", (await bench.ChatAsync()).Text);
    }

    [Fact]
    public async Task StopSequence_InsideOfAToken_EndsTheAnswerThereAndClosesTheConnection()
    {
        var closed = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var bench = new PluginBench(new TgiFactory(), """{"template":"plain"}""").On("/generate_stream", async exchange =>
        {
            await exchange.StartAsync("text/event-stream");
            await exchange.SendAsync(Token("One") + Token(". Two"));
            await exchange.ClientClosedAsync();
            closed.SetResult();
        });

        var outcome = await bench.ChatAsync(new() { StopSequences = ["."] });

        await closed.Task.WaitAsync(TimeSpan.FromSeconds(10));
        Assert.Equal("One", outcome.Text);
        Assert.Equal(ChatFinishReason.Stop, outcome.FinishReason);
        Assert.Equal(2, outcome.Usage?.OutputTokenCount);
        Assert.Null(outcome.Usage?.InputTokenCount);
    }

    [Fact]
    public async Task BeginningOfAStopSequence_AtTheEnd_IsPartOfTheAnswer() =>
        Assert.Equal("a <en", (await ChatAsync(new() { StopSequences = ["<end>"] }, Token("a "), Last("<en", "length"))).Text);

    [Fact]
    public async Task LogProbabilities_OfHeldTokens_GoOutWithTheirTextAndThoseCutOffDoNot()
    {
        await using var bench = Bench("""{"template":"plain"}""", Token("a", -1), Token("<", -2), Token("b", -3), Token("<e", -4), Last("nd>", "stop_sequence"));
        var sent = new List<(string Text, string Tokens)>();
        await foreach (var update in bench.Backend.Chat.GetStreamingResponseAsync(
            [new(ChatRole.User, "x")], new BackendCallOptions { LogProbabilities = true, StopSequences = ["<end>"] }))
        {
            sent.Add((update.Text, string.Concat(((BackendUpdate)update).LogProbabilities?.Select(token => token.Token + token.LogProbability) ?? [])));
        }

        Assert.Equal([("a", "a-1"), ("<b", "<-2b-3"), ("", "")], sent);
    }

    [Theory]
    [InlineData("validation", BackendErrorKind.InvalidRequest)]
    [InlineData("overloaded", BackendErrorKind.Unavailable)]
    [InlineData("generation", BackendErrorKind.Upstream)]
    [InlineData("incomplete_generation", BackendErrorKind.Upstream)]
    public async Task Error_InTheStream_IsThrownByItsType(string type, BackendErrorKind kind)
    {
        var failure = await Assert.ThrowsAsync<BackendException>(() => ChatAsync(new(), Token("a"), $$"""data:{"error":"the reason","error_type":"{{type}}"}""" + "\n\n"));

        Assert.Equal((kind, "the reason"), (failure.Kind, failure.Message));
    }

    [Theory]
    [InlineData(422, "validation", BackendErrorKind.InvalidRequest)]
    [InlineData(424, "generation", BackendErrorKind.Upstream)]
    [InlineData(429, "overloaded", BackendErrorKind.RateLimited)]
    [InlineData(500, "incomplete_generation", BackendErrorKind.Upstream)]
    public async Task Error_OfAStatus_IsThrownByIt(int status, string type, BackendErrorKind kind)
    {
        await using var bench = new PluginBench(new TgiFactory()).On("/chat_tokenize", $$"""{"error":"the reason","error_type":"{{type}}"}""", status);

        Assert.Equal(kind, (await Assert.ThrowsAsync<BackendException>(() => bench.ChatAsync())).Kind);
    }

    [Fact]
    public async Task WholeAnswer_WithoutTokens_IsItsText()
    {
        await using var bench = new PluginBench(new TgiFactory(), """{"template":"plain"}""")
            .On("/generate_stream", """{"generated_text":"Hello END","details":{"finish_reason":"length","generated_tokens":2,"prefill":[{"id":1,"text":"x","logprob":null}],"tokens":[]}}""");

        var outcome = await bench.ChatAsync(new() { StopSequences = [" END"] });

        Assert.Equal("Hello", outcome.Text);
        Assert.Equal((1, 2), (outcome.Usage?.InputTokenCount, outcome.Usage?.OutputTokenCount));
    }

    private static async Task<ChatOutcome> ChatAsync(BackendCallOptions options, params string[] events)
    {
        await using var bench = Bench("""{"template":"plain"}""", events);
        return await bench.ChatAsync(options);
    }

    private static PluginBench Bench(string settings, params string[] events) =>
        new PluginBench(new TgiFactory(), settings).On("/generate_stream", "text/event-stream", events);
}
