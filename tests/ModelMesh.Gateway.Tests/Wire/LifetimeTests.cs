using System.Diagnostics;
using System.Net;
using Microsoft.Extensions.DependencyInjection;
using ModelMesh.Gateway.Tests.Fakes;
using ModelMesh.ServiceDefaults.Shutdown;

namespace ModelMesh.Gateway.Tests.Wire;

[Collection(TimingTests.Name)]
public sealed class LifetimeTests
{
    [Fact]
    public async Task IdleStream_GetsCommentLines_BetweenEventsOnly()
    {
        await using var registry = await FakeRegistry.StartAsync();
        var go = new TaskCompletionSource();
        registry.Behave = async call =>
        {
            await call.AcceptAsync();
            await call.TokensAsync("one");
            await go.Task;
            await call.TokensAsync("two");
            await call.CompleteAsync(2);
        };
        await using var gateway = await TestGateway.StartAsync(new FakeCatalog(FakeCatalog.Model()), ["--Answers:KeepAlive=00:00:00.1"], registry);
        using var response = await gateway.InferAsync();
        using var reader = new StreamReader(await response.Content.ReadAsStreamAsync());

        var comments = 0;
        while (comments < 3)
        {
            comments += await reader.ReadLineAsync() == ": keep-alive" ? 1 : 0;
        }

        go.SetResult();
        var rest = await reader.ReadToEndAsync();

        Assert.Contains("event: token\ndata: {\"token\":\"two\"}\n\nevent: done\n", rest, StringComparison.Ordinal);
    }

    [Fact]
    public async Task BusyStream_GetsNoCommentLines()
    {
        await using var registry = await FakeRegistry.StartAsync();
        registry.Behave = async call =>
        {
            await call.AcceptAsync();
            // Longer than the interval in all, and each pause so much shorter that a machine that is busy elsewhere does not stretch one to it.
            for (var i = 0; i < 130; i++)
            {
                await call.TokensAsync("x");
                await Task.Delay(TimeSpan.FromMilliseconds(10), TimeProvider.System);
            }

            await call.CompleteAsync(130);
        };
        await using var gateway = await TestGateway.StartAsync(new FakeCatalog(FakeCatalog.Model()), ["--Answers:KeepAlive=00:00:01"], registry);

        using var response = await gateway.InferAsync();
        var body = await response.Content.ReadAsStringAsync();

        Assert.DoesNotContain("keep-alive", body, StringComparison.Ordinal);
        Assert.Contains("event: done", body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task StopNotice_WhileTheGatewayStillRuns_FailsHealthServesRequestsAndClosesTheirConnections()
    {
        await using var registry = await FakeRegistry.StartAsync();
        await using var gateway = await TestGateway.StartAsync(registry);
        using var before = await gateway.InferAsync();
        Assert.Null(before.Headers.ConnectionClose);

        gateway.Services.GetRequiredService<StopNotice>().Give();

        using var health = await gateway.Client.GetAsync(new Uri("/health", UriKind.Relative));
        Assert.Equal(HttpStatusCode.ServiceUnavailable, health.StatusCode);
        Assert.Contains("The service is stopping.", await health.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        using var alive = await gateway.Client.GetAsync(new Uri("/alive", UriKind.Relative));
        Assert.Equal(HttpStatusCode.OK, alive.StatusCode);
        using var answer = await gateway.InferAsync();
        Assert.Equal((HttpStatusCode.OK, true), (answer.StatusCode, answer.Headers.ConnectionClose));
        Assert.Contains("event: done", await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Shutdown_GivesRunningStreamsTheGrace_ThenAnErrorEvent()
    {
        await using var registry = await FakeRegistry.StartAsync();
        var go = new TaskCompletionSource();
        registry.Behave = async call =>
        {
            await call.AcceptAsync();
            await call.TokensAsync("one");
            await (call.Request.Messages[0].Content == "short" ? go.Task : call.HangAsync());
            await call.CompleteAsync(1);
        };
        await using var gateway = await TestGateway.StartAsync(new FakeCatalog(FakeCatalog.Model()), ["--Shutdown:Grace=00:00:01"], registry);
        using var brief = await gateway.InferAsync("""{"model":"chat","input":"short"}""");
        using var endless = await gateway.InferAsync("""{"model":"chat","input":"long"}""");

        var began = Stopwatch.GetTimestamp();
        var stopped = gateway.StopAsync();
        go.SetResult();
        var first = await brief.Content.ReadAsStringAsync();
        var second = await endless.Content.ReadAsStringAsync();
        await stopped;

        Assert.Contains("event: done", first, StringComparison.Ordinal);
        Assert.Contains("event: error\ndata: {\"error\":{\"code\":\"backend_unavailable\",\"message\":\"The gateway is stopping.\"", second, StringComparison.Ordinal);
        Assert.DoesNotContain("event: done", second, StringComparison.Ordinal);
        Assert.InRange(Stopwatch.GetElapsedTime(began), TimeSpan.FromSeconds(0.9), TimeSpan.FromSeconds(3));
        await Eventually.HoldsAsync(() => registry.Calls.All(call => call.Request.Messages[0].Content == "short" || call.CancelledAt != 0), "the endless call was cancelled");
        await Assert.ThrowsAsync<HttpRequestException>(() => gateway.InferAsync());
    }

    [Fact]
    public async Task Shutdown_BeforeTheFirstToken_IsAPlainError()
    {
        await using var registry = await FakeRegistry.StartAsync();
        registry.Behave = call => call.HangAsync();
        await using var gateway = await TestGateway.StartAsync(new FakeCatalog(FakeCatalog.Model()), ["--Shutdown:Grace=00:00:00.2"], registry);
        var request = gateway.InferAsync();
        await Eventually.HoldsAsync(() => registry.Calls.Count == 1, "the call reached the registry");

        await gateway.StopAsync();

        using var response = await request;
        Assert.Equal(HttpStatusCode.ServiceUnavailable, response.StatusCode);
        Assert.Contains("The gateway is stopping.", await response.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Shutdown_WithAReaderThatTakesNothing_IsNotHeldUp()
    {
        await using var registry = await FakeRegistry.StartAsync();
        registry.Behave = async call =>
        {
            await call.AcceptAsync();
            for (; ; )
            {
                await call.TokensAsync(new string('x', 1000));
            }
        };
        await using var gateway = await TestGateway.StartAsync(new FakeCatalog(FakeCatalog.Model()), ["--Shutdown:Grace=00:00:00.2"], registry);
        using var raw = await RawHttp.ConnectAsync(gateway.Address, receiveBuffer: 4096);
        await raw.PostAsync("""{"model":"chat","input":"hi"}""");
        await Eventually.HoldsAsync(() => registry.Calls.SingleOrDefault()?.Sent > 100, "the stream runs");

        var began = Stopwatch.GetTimestamp();
        await gateway.StopAsync();

        Assert.InRange(Stopwatch.GetElapsedTime(began), TimeSpan.Zero, TimeSpan.FromSeconds(4));
    }

    [Fact]
    public async Task Health_IsReady_OnlyWithACatalogAndAnInstance()
    {
        await using var registry = await FakeRegistry.StartAsync();
        var directory = new FakeDirectory();
        await using var gateway = await TestGateway.StartAsync(new FakeCatalog(), directory, []);

        using var before = await gateway.Client.GetAsync("/health");
        directory.Set(registry.Info);
        using var after = await gateway.Client.GetAsync("/health");

        Assert.Equal((HttpStatusCode.ServiceUnavailable, HttpStatusCode.OK), (before.StatusCode, after.StatusCode));
    }
}
