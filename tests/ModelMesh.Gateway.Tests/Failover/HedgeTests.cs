using System.Net;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using ModelMesh.Contracts.Catalog;
using ModelMesh.Contracts.Errors;
using ModelMesh.Gateway.Registry.Breakers;
using ModelMesh.Gateway.Tests.Fakes;
using ModelMesh.ServiceDefaults.Resilience;

namespace ModelMesh.Gateway.Tests.Failover;

/// <summary>A second attempt beside a first that has no token yet.</summary>
public sealed class HedgeTests
{
    private static readonly (string, string) Soon = ("x-modelmesh-hedge", "30");

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task SlowFirst_IsBeatenByTheNextVersion_AndCancelled(bool stream)
    {
        await using var registry = await FakeRegistry.StartAsync();
        registry.Behave = Backup.ChatFailsInTime(registry, AcceptAndHangAsync);
        await using var gateway = await TestGateway.StartAsync(Backup.Catalog(), [], registry);

        var (response, body) = await gateway.AskAsync(stream, Soon);

        Assert.Equal((HttpStatusCode.OK, "chat@v1", "2"), (response.StatusCode, response.Header("x-modelmesh-fallback"), response.Header("x-modelmesh-attempts")));
        Assert.Contains("backup", body, StringComparison.Ordinal);
        await Eventually.HoldsAsync(() => registry.Calls.Single(call => call.Request.Model == "chat").CancelledAt != 0, "the loser is cancelled");
    }

    [Fact]
    public async Task ModelSaysAfterHowLong_AndARequestMaySayNever()
    {
        await using var registry = await FakeRegistry.StartAsync();
        var go = new TaskCompletionSource();
        registry.Behave = Backup.ChatFails(async call =>
        {
            await go.Task;
            await call.AnswerAsync("slow");
        });
        await using var gateway = await TestGateway.StartAsync(Backup.Catalog(new ModelResilience { HedgeAfterMs = 30 }), [], registry);

        var never = gateway.AskAsync(stream: true, ("x-modelmesh-hedge", "off"));
        var (hedged, _) = await gateway.AskAsync(stream: true);
        go.SetResult();

        Assert.Equal("backup", hedged.Header("x-modelmesh-model"));
        Assert.Equal("chat", (await never).Response.Header("x-modelmesh-model"));
        Assert.Equal(1, registry.CallsOf("backup"));
    }

    [Fact]
    public async Task FirstThatIsQuickerAfterAll_Wins_AndTheSecondIsCancelled()
    {
        await using var registry = await FakeRegistry.StartAsync();
        var secondCame = new TaskCompletionSource();
        registry.Behave = async call =>
        {
            if (call.Request.Model == "chat")
            {
                await secondCame.Task;
                await call.AnswerAsync("first");
            }
            else
            {
                secondCame.SetResult();
                await AcceptAndHangAsync(call);
            }
        };
        await using var gateway = await TestGateway.StartAsync(Backup.Catalog(), [], registry);

        var (response, body) = await gateway.AskAsync(stream: true, Soon);

        Assert.Contains("event: token\ndata: {\"token\":\"first\"}", body, StringComparison.Ordinal);
        Assert.Null(response.Header("x-modelmesh-fallback"));
        await Eventually.HoldsAsync(() => registry.Calls.Single(call => call.Request.Model == "backup").CancelledAt != 0, "the loser is cancelled");
    }

    [Fact]
    public async Task WithoutAnotherVersion_TheSecondGoesToAnotherInstance()
    {
        await using var first = await FakeRegistry.StartAsync("a");
        await using var second = await FakeRegistry.StartAsync("b");
        var calls = 0;
        first.Behave = second.Behave = call => Interlocked.Increment(ref calls) == 1 ? AcceptAndHangAsync(call) : call.AnswerAsync("second");
        await using var gateway = await TestGateway.StartAsync(first, second);

        var (response, _) = await gateway.AskAsync(stream: true, Soon);

        Assert.Equal((HttpStatusCode.OK, 1, 1), (response.StatusCode, first.Calls.Count, second.Calls.Count));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    public async Task WithoutAnotherInstance_ItGoesToTheSameForAnotherEndpointOnly(int endpoints)
    {
        await using var registry = await FakeRegistry.StartAsync();
        var calls = 0;
        registry.Behave = call => Interlocked.Increment(ref calls) == 1 ? AcceptAndHangAsync(call) : call.AnswerAsync("second");
        var model = FakeCatalog.Model() with
        {
            Timeouts = new ModelTimeouts { FirstTokenMs = 50 },
            Backends = [.. Enumerable.Range(0, endpoints).Select(index => new ModelEndpoint { Endpoint = $"http://upstream-{index}" })],
        };
        await using var gateway = await TestGateway.StartAsync(new FakeCatalog(model), ["--Registry:AcceptTimeout=00:00:00.4"], registry);

        var (response, _) = await gateway.AskAsync(stream: true, Soon);

        Assert.Equal(endpoints > 1 ? (HttpStatusCode.OK, 2) : (HttpStatusCode.GatewayTimeout, 1), (response.StatusCode, registry.Calls.Count));
    }

    [Fact]
    public async Task RequestThatWaitsForASlot_HasNoSecond()
    {
        await using var registry = await FakeRegistry.StartAsync();
        var go = new TaskCompletionSource();
        registry.Behave = Backup.ChatFails(async call =>
        {
            await call.QueuedAsync(1);
            await go.Task;
            await call.AnswerAsync("after the queue");
        });
        await using var gateway = await TestGateway.StartAsync(Backup.Catalog(new ModelResilience { HedgeAfterMs = 700 }), [], registry);

        // The other one, which does not wait, has its second: so the delay has passed for the first as well. It is long enough for the first to have been told its place.
        var waiting = gateway.AskAsync(stream: true);
        await Eventually.HoldsAsync(() => !registry.Calls.IsEmpty, "it waits");
        registry.Behave = Backup.ChatFails(AcceptAndHangAsync);
        await gateway.AskAsync(stream: true);
        go.SetResult();

        Assert.Equal("chat", (await waiting).Response.Header("x-modelmesh-model"));
        Assert.Equal(1, registry.CallsOf("backup"));
    }

    [Fact]
    public async Task FirstThatFailsWhileTheSecondRuns_LeavesItTheRequest()
    {
        await using var registry = await FakeRegistry.StartAsync();
        var secondCame = new TaskCompletionSource();
        var firstFailed = new TaskCompletionSource();
        registry.Behave = async call =>
        {
            if (call.Request.Model == "chat")
            {
                await secondCame.Task;
                firstFailed.SetResult();
                throw Backup.Error(ErrorCode.BackendError);
            }

            secondCame.SetResult();
            await firstFailed.Task;
            await call.AnswerAsync("from backup");
        };
        await using var gateway = await TestGateway.StartAsync(Backup.Catalog(), [], registry);

        var (response, _) = await gateway.AskAsync(stream: true, Soon);

        Assert.Equal((HttpStatusCode.OK, "backup"), (response.StatusCode, response.Header("x-modelmesh-model")));
    }

    [Fact]
    public async Task SecondThatWouldWait_IsGivenUp_AndAskedAgainOnceTheFirstHasFailed()
    {
        await using var registry = await FakeRegistry.StartAsync();
        var givenUp = new TaskCompletionSource();
        registry.Behave = async call =>
        {
            if (call.Request.Model == "chat")
            {
                await givenUp.Task;
                throw Backup.Error(ErrorCode.BackendError);
            }

            await call.QueuedAsync(1);
            if (registry.CallsOf("backup") == 1)
            {
                await Task.WhenAny(call.HangAsync());
                givenUp.SetResult();
                return;
            }

            await call.AnswerAsync("after the queue");
        };
        await using var gateway = await TestGateway.StartAsync(Backup.Catalog(), [], registry);

        var (response, _) = await gateway.AskAsync(stream: true, Soon);

        Assert.Equal((HttpStatusCode.OK, "backup"), (response.StatusCode, response.Header("x-modelmesh-model")));
        Assert.Equal(2, registry.CallsOf("backup"));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task BothFail_WhicheverIsSooner_TheAnswerIsTheFirstOnesErrorWithTheReasonsOfBoth(bool secondIsSooner)
    {
        await using var registry = await FakeRegistry.StartAsync();
        var (firstFailed, secondCame, secondFailed) = (new TaskCompletionSource(), new TaskCompletionSource(), new TaskCompletionSource());
        registry.Behave = async call =>
        {
            if (call.Request.Model == "chat")
            {
                await (secondIsSooner ? secondFailed : secondCame).Task;
                firstFailed.SetResult();
                throw Backup.Error(ErrorCode.BackendError, "the first one's");
            }

            secondCame.SetResult();
            await (secondIsSooner ? Task.CompletedTask : firstFailed.Task);
            secondFailed.SetResult();
            throw Backup.Error(ErrorCode.RateLimited, "the second one's", TimeSpan.FromSeconds(3));
        };
        await using var gateway = await TestGateway.StartAsync(Backup.Catalog(), [], registry);

        var (response, body) = await gateway.AskAsync(stream: true, Soon);

        Assert.Equal((HttpStatusCode.BadGateway, "3"), (response.StatusCode, response.Header("Retry-After")));
        Assert.Contains("chat@v1: the first one's backup@v1: the second one's", JsonDocument.Parse(body).RootElement.GetProperty("error").GetProperty("message").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Budget_BoundsHowManyHaveASecond()
    {
        await using var registry = await FakeRegistry.StartAsync();
        var timeOut = new TaskCompletionSource();
        registry.Behave = Backup.ChatFailsInTime(registry, async call =>
        {
            await call.AcceptAsync();
            await Task.WhenAny(call.HangAsync(), timeOut.Task);
            throw Backup.Error(ErrorCode.Timeout);
        });
        await using var gateway = await TestGateway.StartAsync(Backup.Catalog(new ModelResilience { RetryBudget = 0, HedgeAfterMs = 10 }), [], registry);
        for (var i = 0; i < RetryBudget.Minimum; i++)
        {
            await gateway.AskAsync(stream: true);
        }

        // This one waits for the registry's time-out, after which it is moved on as without hedging.
        var last = gateway.AskAsync(stream: true);
        await Eventually.HoldsAsync(() => registry.CallsOf("chat") > RetryBudget.Minimum, "it is asked");
        Assert.Equal(RetryBudget.Minimum, registry.CallsOf("backup"));
        timeOut.SetResult();

        Assert.Equal("backup", (await last).Response.Header("x-modelmesh-model"));
        await Eventually.HoldsAsync(() => registry.Calls.Count(call => call.CancelledAt != 0) == RetryBudget.Minimum, "the losers are cancelled, and it is none");
    }

    [Fact]
    public async Task NowhereToSendASecond_TakesNothingOutOfTheBudget()
    {
        await using var registry = await FakeRegistry.StartAsync();
        var go = new TaskCompletionSource();
        registry.Behave = async call =>
        {
            if (call.Request.Model == "alone")
            {
                await go.Task;
                await call.AnswerAsync("first");
            }
            else
            {
                await Backup.ChatFails(AcceptAndHangAsync)(call);
            }
        };
        var alone = FakeCatalog.Model("alone") with { Resilience = new ModelResilience { HedgeAfterMs = 1, RetryBudget = 0 } };
        await using var gateway = await TestGateway.StartAsync(Backup.Catalog(others: alone), [], registry);

        // The other one has its second: so the shorter delay has passed for the first as well.
        var waiting = gateway.InferAsync("""{"model":"alone","input":"hi"}""");
        await Eventually.HoldsAsync(() => registry.CallsOf("alone") == 1, "it is asked");
        await gateway.AskAsync(stream: true, Soon);
        go.SetResult();

        Assert.Equal(HttpStatusCode.OK, (await waiting).StatusCode);
        var budget = gateway.Services.GetRequiredService<VersionGuards>().Of(alone).Budget;
        Assert.Equal(RetryBudget.Minimum, Enumerable.Range(0, 2 * RetryBudget.Minimum).Count(_ => budget.TryRetry()));
    }

    private static async Task AcceptAndHangAsync(FakeCall call)
    {
        await call.AcceptAsync();
        await call.HangAsync();
    }
}
