using System.Net;
using Microsoft.Extensions.DependencyInjection;
using ModelMesh.Contracts.Catalog;
using ModelMesh.Contracts.Errors;
using ModelMesh.Gateway.Registry.Breakers;
using ModelMesh.Gateway.Tests.Fakes;
using ModelMesh.ServiceDefaults.Resilience;

namespace ModelMesh.Gateway.Tests.Failover;

/// <summary>What requests cost and see while a version is down.</summary>
public sealed class BreakerTests
{
    private static readonly ModelResilience QuickToTryAgain = new() { BreakerFailures = 2, BreakerOpenMs = 20 };

    [Fact]
    public async Task PrimaryThatIsDown_CostsHardlyAnAttempt_OnceItsBreakerIsOpen()
    {
        await using var registry = await FakeRegistry.StartAsync();
        registry.Behave = Backup.ChatFails(ErrorCode.BackendUnavailable);
        await using var gateway = await TestGateway.StartAsync(Backup.Catalog(), [], registry);

        await Parallel.ForAsync(0, 1_000, new ParallelOptions { MaxDegreeOfParallelism = 4 }, async (_, _) =>
        {
            using var response = await gateway.InferAsync();
            Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        });

        // Five open it, three more may be under way then, and there is a probe every 5 s or more; 0.2 for each request would be 200.
        Assert.InRange(registry.CallsOf("chat"), 5, 50);
        Assert.Equal(1_000, registry.CallsOf("backup"));
    }

    [Fact]
    public async Task VersionThatIsBack_IsFoundByAProbe_AndServesAgain()
    {
        await using var registry = await FakeRegistry.StartAsync();
        registry.Behave = Backup.ChatFails(ErrorCode.BackendError);
        await using var gateway = await TestGateway.StartAsync(Backup.Catalog(QuickToTryAgain), [], registry);
        await ServedByAsync(gateway, "backup", requests: 4);

        registry.Behave = call => call.AnswerAsync("here again");
        await Eventually.HoldsAsync(async () => await ServedByAsync(gateway) == "chat", TimeSpan.FromSeconds(10), "the version serves again");
        await ServedByAsync(gateway, "chat", requests: 4);
    }

    [Fact]
    public async Task ProbeThatWaitsForASlot_LetsTheNextRequestBeTheProbe()
    {
        await using var registry = await FakeRegistry.StartAsync();
        registry.Behave = Backup.ChatFails(ErrorCode.BackendError);
        await using var gateway = await TestGateway.StartAsync(Backup.Catalog(QuickToTryAgain with { MaxRetries = 0 }), ["--Answers:QueueNotice=01:00:00"], registry);
        await ServedByAsync(gateway, "backup", requests: 2);
        var breaker = gateway.Services.GetRequiredService<VersionGuards>().All.Single(guard => guard.Id.Name == "chat").Breaker;
        await Eventually.HoldsAsync(() => breaker.Admits, "its time is over");

        var slot = new TaskCompletionSource();
        registry.Behave = async call =>
        {
            await call.QueuedAsync(1);
            await slot.Task;
            await call.AnswerAsync("late");
        };
        var waiting = ServedByAsync(gateway);
        await Eventually.HoldsAsync(() => registry.CallsOf("chat") == 3 && breaker.Admits, "the probe waits, and another may go");
        registry.Behave = call => call.AnswerAsync("here again");
        Assert.Equal(("chat", CircuitState.Closed), (await ServedByAsync(gateway), breaker.State));

        slot.SetResult();
        Assert.Equal("chat", await waiting);
    }

    [Fact]
    public async Task StreamsThatBreakInARow_OpenIt_ThoughEachHadAToken()
    {
        await using var registry = await FakeRegistry.StartAsync();
        registry.Behave = Backup.ChatFails(async call =>
        {
            await call.AcceptAsync();
            await call.TokensAsync("one");
            throw Backup.Error(ErrorCode.BackendError);
        });
        await using var gateway = await TestGateway.StartAsync(Backup.Catalog(new ModelResilience { BreakerFailures = 3 }), [], registry);

        for (var i = 0; i < 6; i++)
        {
            await gateway.AskAsync(stream: true);
        }

        Assert.Equal((3, 3), (registry.CallsOf("chat"), registry.CallsOf("backup")));
    }

    [Theory]
    [InlineData(ErrorCode.CapacityExceeded)]
    [InlineData(ErrorCode.RateLimited)]
    [InlineData(ErrorCode.InvalidRequest)]
    public async Task WhatIsNoFaultOfTheVersion_DoesNotOpenIt(ErrorCode code)
    {
        await using var registry = await FakeRegistry.StartAsync();
        registry.Behave = Backup.ChatFails(code);
        await using var gateway = await TestGateway.StartAsync(Backup.Catalog(QuickToTryAgain with { BreakerOpenMs = 60_000 }), [], registry);

        for (var i = 0; i < 6; i++)
        {
            await gateway.AskAsync(stream: true);
        }

        Assert.Equal(6, registry.CallsOf("chat"));
    }

    [Fact]
    public async Task OnlyVersion_IsAskedThoughItIsOpen_AndItsErrorIsTheAnswer()
    {
        await using var registry = await FakeRegistry.StartAsync();
        registry.Behave = _ => throw Backup.Error(ErrorCode.BackendError, "still broken");
        var model = FakeCatalog.Model() with { Resilience = QuickToTryAgain with { BreakerOpenMs = 60_000 } };
        await using var gateway = await TestGateway.StartAsync(new FakeCatalog(model), [], registry);

        for (var i = 0; i < 5; i++)
        {
            var (response, body) = await gateway.AskAsync(stream: true);
            Assert.Equal(HttpStatusCode.BadGateway, response.StatusCode);
            Assert.Contains("\"message\":\"still broken\"", body, StringComparison.Ordinal);
        }

        Assert.Equal(5, registry.Calls.Count);
    }

    [Fact]
    public async Task VersionSkippedForItsBreaker_IsNamedInTheReason_WhenTheOtherFailsToo()
    {
        await using var registry = await FakeRegistry.StartAsync();
        registry.Behave = Backup.ChatFails(ErrorCode.BackendError);
        await using var gateway = await TestGateway.StartAsync(Backup.Catalog(QuickToTryAgain with { BreakerOpenMs = 60_000 }), [], registry);
        await ServedByAsync(gateway, "backup", requests: 2);

        registry.Behave = _ => throw Backup.Error(ErrorCode.Timeout, "backup is slow.");
        var (response, body) = await gateway.AskAsync(stream: true);

        Assert.Equal(HttpStatusCode.GatewayTimeout, response.StatusCode);
        Assert.Contains("backup@v1: backup is slow. chat@v1: not asked, after 2 failures in a row.", body, StringComparison.Ordinal);
        Assert.Equal(2, registry.CallsOf("chat"));
    }

    private static async Task ServedByAsync(TestGateway gateway, string model, int requests)
    {
        for (var i = 0; i < requests; i++)
        {
            Assert.Equal(model, await ServedByAsync(gateway));
        }
    }

    private static async Task<string?> ServedByAsync(TestGateway gateway)
    {
        var (response, _) = await gateway.AskAsync(stream: true);
        return response.Header("x-modelmesh-model");
    }
}
