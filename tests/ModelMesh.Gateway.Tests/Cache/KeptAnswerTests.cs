using System.Text.Json;
using ModelMesh.Contracts.Catalog;
using ModelMesh.Contracts.V1;
using ModelMesh.Gateway.Tests.Fakes;

namespace ModelMesh.Gateway.Tests.Cache;

public sealed class KeptAnswerTests
{
    [Fact]
    public async Task SameRequest_Again_IsTheSameAnswerWithoutARegistry()
    {
        await using var registry = await FakeRegistry.StartAsync();
        registry.Behave = async call =>
        {
            await call.AcceptAsync();
            await call.SendAsync(new Deltas { Items = { new Delta { Reasoning = "let me see" }, new Delta { Text = "Hel" } } });
            await call.SendAsync(new Deltas { Items = { new Delta { Text = "lo", Logprobs = { new TokenLogprob { Token = "lo", Logprob = -0.5 } } } } });
            await call.SendAsync(new Deltas { Items = { new Delta { ToolCall = new ToolCallDelta { Index = 0, Id = "call_1", Name = "now", Arguments = "{}" } } } });
            await call.CompleteAsync(new Completed { FinishReason = "tool_calls", Usage = new Usage { InputTokens = 3, OutputTokens = 5, TotalTokens = 8 } });
        };
        await using var gateway = await CachingGateway.StartAsync(registry);

        using var first = await gateway.StreamAsync();
        var made = await first.Content.ReadAsStringAsync();
        await gateway.SettledAsync();
        using var second = await gateway.StreamAsync();
        var kept = await second.Content.ReadAsStringAsync();

        Assert.Equal(("miss", "hit"), (CachingGateway.CacheOf(first), CachingGateway.CacheOf(second)));
        Assert.Equal(made, kept);
        Assert.Equal(("registry-1", "cache"), (Header(first, "x-modelmesh-instance"), Header(second, "x-modelmesh-instance")));
        Assert.All(["x-modelmesh-model", "x-modelmesh-version", "x-modelmesh-revision"], name => Assert.Equal(Header(first, name), Header(second, name)));
        Assert.NotEqual(Header(first, "x-request-id"), Header(second, "x-request-id"));
        Assert.Single(registry.Calls);
        Assert.Equal([TimeSpan.FromMinutes(1)], gateway.Kept.TimesToLive);
    }

    [Fact]
    public async Task SameRequest_StreamedThenWholeByAnotherApi_IsOneAnswer()
    {
        await using var registry = await FakeRegistry.StartAsync();
        await using var gateway = await CachingGateway.StartAsync(registry);
        using var streamed = await gateway.Gateway.Client.PostAsync("/v1/chat/completions", new StringContent(
            """{"model":"chat","temperature":0,"stream":true,"messages":[{"role":"user","content":"hi"}]}""", System.Text.Encoding.UTF8, "application/json"));
        await streamed.Content.ReadAsStringAsync();
        await gateway.SettledAsync();

        using var whole = await gateway.WholeAsync();
        using var body = JsonDocument.Parse(await whole.Content.ReadAsStringAsync());

        Assert.Equal("hit", CachingGateway.CacheOf(whole));
        Assert.Equal("Hello world", body.RootElement.GetProperty("choices")[0].GetProperty("message").GetProperty("content").GetString());
        Assert.Equal(5, body.RootElement.GetProperty("usage").GetProperty("total_tokens").GetInt32());
        Assert.Single(registry.Calls);
    }

    [Fact]
    public async Task Header_OffOnAndRefresh_DoWhatTheySay()
    {
        await using var registry = await FakeRegistry.StartAsync();
        var made = 0;
        registry.Behave = call => call.AnswerAsync($"answer {Interlocked.Increment(ref made)}");
        await using var gateway = await CachingGateway.StartAsync(cache: null, [], registry);

        Assert.Equal(("", "answer 1!", 200), await gateway.AskAsync());
        Assert.Equal(("miss", "answer 2!", 200), await gateway.AskAsync("on"));
        await gateway.SettledAsync();
        Assert.Equal(("hit", "answer 2!", 200), await gateway.AskAsync("on"));
        Assert.Equal(("", "answer 3!", 200), await gateway.AskAsync("off"));
        Assert.Equal(("miss", "answer 4!", 200), await gateway.AskAsync("refresh"));
        await gateway.SettledAsync();
        Assert.Equal(("hit", "answer 4!", 200), await gateway.AskAsync("on"));
        Assert.Equal([TimeSpan.FromSeconds(300), TimeSpan.FromSeconds(300)], gateway.Kept.TimesToLive);
        Assert.Equal(400, (await gateway.AskAsync("sometimes")).Status);
    }

    [Fact]
    public async Task Request_ThatMayBeAnsweredOtherwiseEachTime_IsNeitherLookedUpNorKept()
    {
        await using var registry = await FakeRegistry.StartAsync();
        await using var gateway = await CachingGateway.StartAsync(registry);

        Assert.Equal(("", "Hello world!", 200), await gateway.AskAsync(null, """{"model":"chat","input":"hi"}"""));
        Assert.Equal(("miss", "Hello world!", 200), await gateway.AskAsync("on", """{"model":"chat","input":"hi","temperature":0.7}"""));

        Assert.Equal((0, 0), (gateway.Kept.Looks, gateway.Flights));
        Assert.Empty(gateway.Kept.Kept);
    }

    [Theory]
    [InlineData("cut")]
    [InlineData("content_filter")]
    [InlineData("another revision")]
    [InlineData("too long")]
    public async Task Answer_ThatMayNotBeGivenToOthers_IsSentAndNotKept(string what)
    {
        await using var registry = await FakeRegistry.StartAsync();
        registry.Behave = async call =>
        {
            await call.AcceptAsync(what == "another revision" ? 2 : 1);
            await call.TokensAsync("some", new string('x', what == "too long" ? 5000 : 1));
            if (what == "cut")
            {
                throw new Grpc.Core.RpcException(new Grpc.Core.Status(Grpc.Core.StatusCode.Unavailable, "gone"));
            }

            await call.CompleteAsync(new Completed { FinishReason = what == "content_filter" ? what : "stop" });
        };
        await using var gateway = await CachingGateway.StartAsync(new ModelCache(), ["--Cache:MaxEntryBytes=1024"], registry);

        for (var i = 0; i < 2; i++)
        {
            var (cache, text, status) = await gateway.AskAsync();
            await gateway.SettledAsync();
            Assert.Equal(("miss", 200, what != "cut"), (cache, status, text.EndsWith('!')));
        }

        Assert.Empty(gateway.Kept.Kept);
        Assert.Equal(2, registry.Calls.Count);
    }

    [Fact]
    public async Task Store_AwayOrWithAnotherRevisionOrWithSomethingElse_IsAMissAndFailsNothing()
    {
        await using var registry = await FakeRegistry.StartAsync();
        await using var gateway = await CachingGateway.StartAsync(registry);
        await gateway.AskAsync();
        await gateway.SettledAsync();

        gateway.Kept.StoreIsAway = true;
        Assert.Equal(("miss", "Hello world!", 200), await gateway.AskAsync());
        (gateway.Kept.StoreIsAway, gateway.Kept.IsServed) = (false, false);
        Assert.Equal(("miss", "Hello world!", 200), await gateway.AskAsync());
        gateway.Kept.IsServed = true;
        gateway.Kept.Kept[gateway.Kept.Kept.Keys.Single()] = "no answer"u8.ToArray();
        Assert.Equal(("miss", "Hello world!", 200), await gateway.AskAsync());

        await gateway.SettledAsync();
        Assert.Equal(("hit", "Hello world!", 200), await gateway.AskAsync());
        Assert.Equal(4, registry.Calls.Count);
    }

    private static string Header(HttpResponseMessage response, string name) => response.Headers.GetValues(name).Single();
}
