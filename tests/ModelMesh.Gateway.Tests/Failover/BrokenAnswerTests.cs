using System.Net;
using ModelMesh.Contracts.Catalog;
using ModelMesh.Contracts.Errors;
using ModelMesh.Gateway.Tests.Fakes;

namespace ModelMesh.Gateway.Tests.Failover;

/// <summary>Whole answers that their backend breaks in their midst: the client has seen nothing of them.</summary>
public sealed class BrokenAnswerTests
{
    [Theory]
    [InlineData(ErrorCode.BackendError)]
    [InlineData(ErrorCode.Timeout)]
    [InlineData(ErrorCode.BackendUnavailable)]
    public async Task BrokenOnce_IsAskedForAgainAtTheSameVersion_AndComesWhole(ErrorCode code)
    {
        await using var registry = await FakeRegistry.StartAsync();
        registry.Behave = Breaks(code, times: 1);
        await using var gateway = await TestGateway.StartAsync(Backup.Catalog(), [], registry);

        var (response, body) = await gateway.AskAsync(stream: false);

        Assert.Equal((HttpStatusCode.OK, "2"), (response.StatusCode, response.Header("x-modelmesh-attempts")));
        Assert.Contains("\"content\":\"Hello world\"", body, StringComparison.Ordinal);
        Assert.Equal((2, 0), (registry.CallsOf("chat"), registry.CallsOf("backup")));
    }

    [Theory]
    [InlineData(2, 2)]
    [InlineData(0, 1)]
    public async Task BrokenAlways_IsAskedForAgainOnceAtMost_ThenAtTheNextVersion(int maxRetries, int calls)
    {
        await using var registry = await FakeRegistry.StartAsync();
        registry.Behave = Breaks(ErrorCode.BackendError, times: 9);
        await using var gateway = await TestGateway.StartAsync(Backup.Catalog(new ModelResilience { MaxRetries = maxRetries }), [], registry);

        var (response, body) = await gateway.AskAsync(stream: false);

        Assert.Equal((HttpStatusCode.OK, "chat@v1"), (response.StatusCode, response.Header("x-modelmesh-fallback")));
        Assert.Contains("\"content\":\"from backup\"", body, StringComparison.Ordinal);
        Assert.Equal((calls, 1), (registry.CallsOf("chat"), registry.CallsOf("backup")));
    }

    [Fact]
    public async Task BrokenAlwaysWithNobodyElse_IsTheError_NotAPartOfAnAnswer()
    {
        await using var registry = await FakeRegistry.StartAsync();
        registry.Behave = Breaks(ErrorCode.BackendError, times: 9);
        await using var gateway = await TestGateway.StartAsync(registry);

        var (response, body) = await gateway.AskAsync(stream: false);

        Assert.Equal(HttpStatusCode.BadGateway, response.StatusCode);
        Assert.DoesNotContain("half", body, StringComparison.Ordinal);
        Assert.Equal(2, registry.Calls.Count);
    }

    [Fact]
    public async Task BrokenStream_IsAnErrorEvent_AndAsksNobodyElse()
    {
        await using var registry = await FakeRegistry.StartAsync();
        registry.Behave = Breaks(ErrorCode.BackendError, times: 1);
        await using var gateway = await TestGateway.StartAsync(Backup.Catalog(), [], registry);

        var (_, body) = await gateway.AskAsync(stream: true);

        Assert.StartsWith("event: token\ndata: {\"token\":\"half \"}\n\nevent: error\n", body, StringComparison.Ordinal);
        Assert.Single(registry.Calls);
    }

    private static Func<FakeCall, Task> Breaks(ErrorCode code, int times)
    {
        var broken = 0;
        return async call =>
        {
            if (call.Request.Model != "chat")
            {
                await call.AnswerAsync("from ", "backup");
            }
            else if (Interlocked.Increment(ref broken) > times)
            {
                await call.AnswerAsync("Hello", " world");
            }
            else
            {
                await call.AcceptAsync();
                await call.TokensAsync("half ");
                throw Backup.Error(code);
            }
        };
    }
}
