using System.Diagnostics;
using Microsoft.Extensions.AI;
using ModelMesh.Backends.Sdk;
using Xunit;

namespace ModelMesh.Backends.Mock.Tests;

public sealed class MockChatClientTests
{
    [Theory]
    [InlineData("hello world", 2)]
    [InlineData("  two\twords \n", 2)]
    [InlineData("   ", 1)]
    [InlineData("one", 1)]
    [InlineData("naïve 世界 👍🏽", 3)]
    public async Task Echo_AnyText_IsGivenBackWordByWord(string input, int words)
    {
        var tokens = await Mocks.Make("{}").TokensAsync(input);

        Assert.Equal(words, tokens.Count);
        Assert.Equal(input, string.Concat(tokens));
    }

    [Fact]
    public async Task Echo_AConversation_TheLastUserMessage()
    {
        ChatMessage[] messages = [new(ChatRole.User, "first"), new(ChatRole.Assistant, "answer"), new(ChatRole.User, "last one"), new(ChatRole.System, "rules")];
        var response = await Mocks.Make("{}").Chat.GetResponseAsync(messages);

        Assert.Equal("last one", response.Text);
    }

    [Fact]
    public async Task Echo_Empty_CompletesWithoutAToken() => Assert.Empty(await Mocks.Make("{}").TokensAsync());

    [Fact]
    public async Task Text_IsAnsweredWhateverWasSent() => Assert.Equal("a fixed text", string.Concat(await Mocks.Make("""{"text":"a fixed text"}""").TokensAsync("hello")));

    [Theory]
    [InlineData(1_000, true)]
    [InlineData(1_001, false)]
    public async Task Text_UpToAThousandWords_UpdatesAreMadeOnceAndOtherwiseForEachCall(int words, bool once)
    {
        var backend = Mocks.Make($$"""{"text":"{{TextOf(words)}}"}""");
        var first = await FirstUpdateAsync(backend);

        Assert.Equal(once, ReferenceEquals(first, await FirstUpdateAsync(backend)));
        Assert.Equal(TextOf(words), string.Concat(await backend.TokensAsync()));
    }

    [Fact]
    public void Text_OfManyShortWords_CostsLittleMoreThanItself()
    {
        var settings = $$"""{"text":"{{TextOf(450_000)}}"}""";
        Mocks.Make(settings);
        var before = GC.GetAllocatedBytesForCurrentThread();
        var backend = Mocks.Make(settings);
        var allocated = GC.GetAllocatedBytesForCurrentThread() - before;
        GC.KeepAlive(backend);

        // The JSON, the text and where its words are; an update for each word would be well over 100 MB.
        Assert.InRange(allocated, 0, 20_000_000);
    }

    [Theory]
    [InlineData("{}", "one two", " three four")]
    [InlineData("""{"text":"one two"}""", "one two", "")]
    [InlineData("{}", "something else", "one two three four")]
    public async Task Conversation_ThatEndsWithTheBeginningOfTheAnswer_IsAnsweredWithTheRest(string settings, string begun, string rest)
    {
        var response = await Mocks.Make(settings).Chat.GetResponseAsync([new ChatMessage(ChatRole.User, "one two three four"), new ChatMessage(ChatRole.Assistant, begun)]);

        Assert.Equal(rest, response.Text);
    }

    [Fact]
    public async Task Tokens_WithASeed_TheSameWordsInEveryCallAndOthersForAnotherSeed()
    {
        var backend = Mocks.Make("""{"tokens":50,"seed":1}""");
        var first = string.Concat(await backend.TokensAsync());

        Assert.Equal(50, first.Split(' ').Length);
        Assert.Equal(first, string.Concat(await backend.TokensAsync()));
        Assert.False(first == string.Concat(await Mocks.Make("""{"tokens":50,"seed":2}""").TokensAsync()));
    }

    [Fact]
    public async Task Tokens_WithoutASeed_OtherWordsInEveryCall()
    {
        var backend = Mocks.Make("""{"tokens":50}""");
        Assert.False(string.Concat(await backend.TokensAsync()) == string.Concat(await backend.TokensAsync()));
    }

    [Theory]
    [InlineData(5, 5, "length")]
    [InlineData(10, 10, "stop")]
    [InlineData(99, 10, "stop")]
    public async Task End_AfterMaxTokens_SaysWhyAndHowMany(int maxTokens, int sent, string reason)
    {
        var response = await Mocks.Make("""{"tokens":10}""").Chat.GetResponseAsync([new ChatMessage(ChatRole.User, "two words")], new ChatOptions { MaxOutputTokens = maxTokens });

        Assert.Equal(reason, response.FinishReason!.Value.Value);
        Assert.Equal((2, sent, 2 + sent), ((int)response.Usage!.InputTokenCount!, (int)response.Usage.OutputTokenCount!, (int)response.Usage.TotalTokenCount!));
    }

    [Fact]
    public async Task Stream_WithoutDelays_EveryStepCompletesSynchronously()
    {
        await using var updates = Mocks.Make("""{"tokens":1000}""").Stream().GetAsyncEnumerator();
        var steps = 0;
        while (true)
        {
            var next = updates.MoveNextAsync();
            Assert.True(next.IsCompletedSuccessfully);
            if (!await next)
            {
                break;
            }

            steps++;
        }

        Assert.Equal(1001, steps);
    }

    [Fact]
    public void Stream_OfGeneratedWordsWithoutDelays_AllocatesNothingPerToken()
    {
        const int Tokens = 100_000;
        var backend = Mocks.Make($$"""{"tokens":{{Tokens}}}""");
        Drain(backend);
        var before = GC.GetAllocatedBytesForCurrentThread();
        Drain(backend);
        var allocated = GC.GetAllocatedBytesForCurrentThread() - before;

        // What a call costs as a whole; a token that cost anything would add at least 24 bytes each.
        Assert.InRange(allocated, 0, 10_000);
    }

    [Fact]
    public async Task Delays_AreWaitedBeforeEachToken()
    {
        var time = new RecordedTime();
        await Mocks.Make("""{"tokens":3,"first_token_delay_ms":100,"token_delay_ms":20}""", time).TokensAsync();

        Assert.Equal([100, 20, 20], time.Waits.Select(wait => (int)wait.TotalMilliseconds));
    }

    [Fact]
    public async Task Jitter_AddsUpToItsAmountTheSameForOneSeed()
    {
        var time = new RecordedTime();
        var again = new RecordedTime();
        const string Settings = """{"tokens":200,"token_delay_ms":10,"jitter_ms":5,"seed":3}""";
        await Mocks.Make(Settings, time).TokensAsync();
        await Mocks.Make(Settings, again).TokensAsync();

        Assert.Equal(time.Waits, again.Waits);
        Assert.All(time.Waits.Skip(1), wait => Assert.InRange(wait.TotalMilliseconds, 10, 15));
        Assert.Contains(time.Waits, wait => wait.TotalMilliseconds == 15);
        Assert.Contains(time.Waits, wait => wait.TotalMilliseconds == 10);
    }

    [Fact]
    public async Task Jitter_TheLargestOnTheLongestDelay_IsWaited()
    {
        var time = new RecordedTime();
        await Mocks.Make("""{"tokens":2,"first_token_delay_ms":2147483647,"token_delay_ms":2147483647,"jitter_ms":2147483647}""", time).TokensAsync();

        Assert.Equal(2, time.Waits.Count);
        Assert.All(time.Waits, wait => Assert.InRange(wait.TotalMilliseconds, int.MaxValue, 2.0 * int.MaxValue));
    }

    [Theory]
    [InlineData("", BackendErrorKind.Upstream)]
    [InlineData(""","error_kind":"rate_limited" """, BackendErrorKind.RateLimited)]
    public async Task FailBeforeFirstToken_AfterItsDelay_FailsWithTheKind(string kind, BackendErrorKind expected)
    {
        var time = new RecordedTime();
        var backend = Mocks.Make($$"""{"fail_before_first_token":true,"first_token_delay_ms":50{{kind}}}""", time);

        var exception = await Assert.ThrowsAsync<BackendException>(() => backend.TokensAsync("hello"));
        Assert.Equal(expected, exception.Kind);
        Assert.Equal([50], time.Waits.Select(wait => (int)wait.TotalMilliseconds));
    }

    [Theory]
    [InlineData(3, 10, 3, true)]
    [InlineData(10, 10, 10, true)]
    [InlineData(11, 10, 10, false)]
    public async Task FailAfterTokens_FailsOnceThatManyWentOutAndAShorterAnswerCompletes(int after, int tokens, int sent, bool fails)
    {
        var seen = 0;
        var exception = await Record.ExceptionAsync(async () =>
        {
            await foreach (var update in Mocks.Make($$"""{"tokens":{{tokens}},"fail_after_tokens":{{after}}}""").Stream())
            {
                seen += update.Text.Length > 0 ? 1 : 0;
            }
        });

        Assert.Equal((sent, fails), (seen, exception is BackendException));
    }

    [Theory]
    [InlineData("""{"hang":true}""")]
    [InlineData("""{"first_token_delay_ms":60000}""")]
    [InlineData("""{"text":"a b","token_delay_ms":60000}""")]
    public async Task Cancel_WhileItWaits_EndsAtOnce(string settings)
    {
        var time = new RecordedTime(never: true);
        using var cancel = new CancellationTokenSource();
        var call = Mocks.Make(settings, time).TokensAsync("hello world", cancellationToken: cancel.Token);
        Assert.False(call.IsCompleted);
        var clock = Stopwatch.StartNew();
        await cancel.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => call);
        Assert.InRange(clock.ElapsedMilliseconds, 0, 500);
    }

    [Fact]
    public async Task Cancel_AnAnswerWithoutWaits_EndsAtTheNextToken()
    {
        using var cancel = new CancellationTokenSource();
        var seen = 0;
        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () =>
        {
            await foreach (var _ in Mocks.Make("""{"tokens":1000000}""").Stream(cancellationToken: cancel.Token))
            {
                if (++seen == 5)
                {
                    await cancel.CancelAsync();
                }
            }
        });

        Assert.Equal(5, seen);
    }

    private static string TextOf(int words) => string.Join(' ', Enumerable.Repeat("x", words));

    private static async Task<ChatResponseUpdate> FirstUpdateAsync(IBackend backend)
    {
        await using var updates = backend.Stream().GetAsyncEnumerator();
        Assert.True(await updates.MoveNextAsync());
        return updates.Current;
    }

    // An enumeration on this thread alone, so that its allocations can be counted.
    private static void Drain(IBackend backend)
    {
        var updates = backend.Stream().GetAsyncEnumerator();
        while (Step(updates.MoveNextAsync()))
        {
            _ = updates.Current.Text;
        }
    }

    private static bool Step(ValueTask<bool> next) => next.IsCompletedSuccessfully ? next.Result : throw new InvalidOperationException("a step did not complete synchronously");
}
