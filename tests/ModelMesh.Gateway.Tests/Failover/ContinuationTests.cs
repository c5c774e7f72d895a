using System.Net.Http.Headers;
using System.Text;
using ModelMesh.Contracts.Errors;
using ModelMesh.Contracts.V1;
using ModelMesh.Gateway.Tests.Fakes;

namespace ModelMesh.Gateway.Tests.Failover;

/// <summary>Streams that break and, as their request asks, go on by another attempt.</summary>
public sealed class ContinuationTests
{
    private const string Plain = """{"model":"chat","input":"hi","max_tokens":10}""";

    [Theory]
    [InlineData(ErrorCode.BackendError)]
    [InlineData(ErrorCode.Timeout)]
    public async Task BrokenStream_GoesOnWhereItBroke_AsOneStream(ErrorCode code)
    {
        await using var registry = await FakeRegistry.StartAsync();
        registry.Behave = BreaksThen(code, call => call.AnswerAsync("lo", " world"));
        await using var gateway = await TestGateway.StartAsync(Backup.Catalog(), [], registry);

        var body = await InferAsync(gateway, Plain);

        Assert.Equal(
            "event: token\ndata: {\"token\":\"Hel\"}\n\nevent: token\ndata: {\"token\":\"lo\"}\n\nevent: token\ndata: {\"token\":\" world\"}\n\n"
            + "event: done\ndata: {\"finish_reason\":\"stop\",\"usage\":{\"input_tokens\":2,\"output_tokens\":3,\"total_tokens\":5,\"estimated\":true},"
            + "\"model\":\"chat\",\"version\":\"v1\",\"revision\":1,\"continued\":[{\"model\":\"chat\",\"version\":\"v1\",\"revision\":1,\"instance\":\"registry-1\"}]}\n\n",
            body);
        var continued = registry.Calls.Last().Request;
        Assert.Equal([("user", "hi"), ("assistant", "Hel")], continued.Messages.Select(message => (message.Role, message.Content)));
        Assert.Equal((9, 10), (continued.Options.MaxTokens, registry.Calls.First().Request.Options.MaxTokens));
    }

    [Fact]
    public async Task RegistryThatDies_IsReplacedByAnotherOne()
    {
        await using var first = await FakeRegistry.StartAsync("a");
        await using var second = await FakeRegistry.StartAsync("b");
        var began = new TaskCompletionSource<FakeRegistry>();
        foreach (var registry in (FakeRegistry[])[first, second])
        {
            registry.Behave = async call =>
            {
                if (!began.TrySetResult(registry))
                {
                    await call.AnswerAsync("lo");
                    return;
                }

                await call.AcceptAsync();
                await call.TokensAsync("Hel");
                await call.HangAsync();
            };
        }

        await using var gateway = await TestGateway.StartAsync(first, second);

        // The headers come with the first token.
        using var response = await SendAsync(gateway, Plain);
        (await began.Task).CutConnections();
        var body = await response.Content.ReadAsStringAsync();

        Assert.Contains("{\"token\":\"Hel\"}\n\nevent: token\ndata: {\"token\":\"lo\"}\n\nevent: done", body, StringComparison.Ordinal);
        Assert.Equal((1, 1), (first.Calls.Count, second.Calls.Count));
    }

    [Fact]
    public async Task VersionThatFailsTheContinuationToo_IsFollowedByTheNext()
    {
        await using var registry = await FakeRegistry.StartAsync();
        registry.Behave = BreaksThen(ErrorCode.BackendError, _ => throw Backup.Error(ErrorCode.BackendUnavailable));
        await using var gateway = await TestGateway.StartAsync(Backup.Catalog(), [], registry);

        var body = await InferAsync(gateway, Plain);

        Assert.Contains("\"token\":\"from \"", body, StringComparison.Ordinal);
        Assert.Contains("\"continued\":[{\"model\":\"backup\"", body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task ThatNobodyGoesOnWith_EndsWithTheErrorItBrokeOf()
    {
        await using var registry = await FakeRegistry.StartAsync();
        registry.Behave = BreaksThen(ErrorCode.Timeout, _ => throw Backup.Error(ErrorCode.CapacityExceeded));
        await using var gateway = await TestGateway.StartAsync(registry);

        var body = await InferAsync(gateway, Plain);

        Assert.Contains("{\"token\":\"Hel\"}\n\nevent: error\ndata: {\"error\":{\"code\":\"timeout\"", body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task ThatNobodyGoesOnWith_LeavesTheRegistryToTheNextRequest()
    {
        await using var registry = await FakeRegistry.StartAsync();
        registry.Behave = BreaksThen(ErrorCode.Timeout, _ => throw Backup.Error(ErrorCode.CapacityExceeded));
        await using var gateway = await TestGateway.StartAsync(registry);
        await InferAsync(gateway, Plain);
        registry.Behave = call => call.AnswerAsync("well");

        Assert.Contains("\"token\":\"well\"", await InferAsync(gateway, Plain), StringComparison.Ordinal);
    }

    [Fact]
    public async Task AnswerThatBreaksAgainAndAgain_IsContinuedTwice()
    {
        await using var registry = await FakeRegistry.StartAsync();
        registry.Behave = async call =>
        {
            await call.AcceptAsync();
            await call.TokensAsync("x");
            throw Backup.Error(ErrorCode.BackendError);
        };
        await using var gateway = await TestGateway.StartAsync(registry);

        var body = await InferAsync(gateway, Plain);

        Assert.Equal(3, registry.Calls.Count);
        Assert.Equal("xx", registry.Calls.Last().Request.Messages[^1].Content);
        Assert.EndsWith("\"type\":\"backend_error\"}}\n\n", body, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{"model":"chat","input":"hi","tools":[{"type":"function","function":{"name":"f"}}]}""")]
    [InlineData("""{"model":"chat","input":"hi","logprobs":true}""")]
    [InlineData("""{"model":"chat","input":"hi","n":2}""")]
    [InlineData("""{"model":"chat","input":"hi","response_format":{"type":"json_object"}}""")]
    public async Task AnswerOfMoreThanText_IsNotContinued(string body)
    {
        await using var registry = await FakeRegistry.StartAsync();
        registry.Behave = BreaksThen(ErrorCode.BackendError, call => call.AnswerAsync("lo"));
        await using var gateway = await TestGateway.StartAsync(Backup.Catalog(), [], registry);

        Assert.Contains("event: error", await InferAsync(gateway, body), StringComparison.Ordinal);
        Assert.Single(registry.Calls);
    }

    [Fact]
    public async Task OnlyThoughtsSoFar_AreNotContinued()
    {
        await using var registry = await FakeRegistry.StartAsync();
        registry.Behave = async call =>
        {
            await call.AcceptAsync();
            await call.SendAsync(new Deltas { Items = { new Delta { Reasoning = "hm" } } });
            throw Backup.Error(ErrorCode.BackendError);
        };
        await using var gateway = await TestGateway.StartAsync(registry);

        Assert.Contains("event: error", await InferAsync(gateway, Plain), StringComparison.Ordinal);
        Assert.Single(registry.Calls);
    }

    [Fact]
    public async Task AnswerThatTheClientBegan_IsGoneOnWith_AndVllmIsToldSo()
    {
        await using var registry = await FakeRegistry.StartAsync();
        registry.Behave = BreaksThen(ErrorCode.BackendError, call => call.AnswerAsync("lo"));
        var model = FakeCatalog.Model() with { BackendType = "vllm" };
        await using var gateway = await TestGateway.StartAsync(new FakeCatalog(model), [], registry);

        await InferAsync(gateway, """{"model":"chat","messages":[{"role":"user","content":"hi"},{"role":"assistant","content":"Oh. "}],"extra":{"top_a":1}}""");

        var request = registry.Calls.Last().Request;
        Assert.Equal(["hi", "Oh. Hel"], request.Messages.Select(message => message.Content));
        Assert.Equal("""{"top_a":1,"continue_final_message":true,"add_generation_prompt":false}""", request.Options.ExtraJson);
        Assert.Equal("""{"top_a":1}""", registry.Calls.First().Request.Options.ExtraJson);
    }

    private static async Task<string> InferAsync(TestGateway gateway, string body)
    {
        using var response = await SendAsync(gateway, body);
        return await response.Content.ReadAsStringAsync();
    }

    private static async Task<HttpResponseMessage> SendAsync(TestGateway gateway, string body)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/infer") { Content = new StringContent(body, Encoding.UTF8, new MediaTypeHeaderValue("application/json")) };
        request.Headers.Add("x-modelmesh-continue", "prefill");
        return await gateway.Client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
    }

    private static Func<FakeCall, Task> BreaksThen(ErrorCode code, Func<FakeCall, Task> then)
    {
        var calls = 0;
        return Backup.ChatFails(async call =>
        {
            if (Interlocked.Increment(ref calls) > 1)
            {
                await then(call);
                return;
            }

            await call.AcceptAsync();
            await call.TokensAsync("Hel");
            throw Backup.Error(code);
        });
    }
}
