using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using System.Net;
using Grpc.Core;
using Microsoft.Extensions.DependencyInjection;
using ModelMesh.Contracts.Errors;
using ModelMesh.Gateway.Tests.Fakes;

namespace ModelMesh.Gateway.Tests.Cache;

public sealed class SharedRequestTests
{
    [Fact]
    public async Task SameRequests_AtOnce_ShareOneCallAndEachHasItAllAsItIsMade()
    {
        await using var registry = await FakeRegistry.StartAsync();
        var more = new TaskCompletionSource();
        registry.Behave = async call =>
        {
            await call.AcceptAsync();
            await call.TokensAsync("Hello");
            await more.Task;
            await call.TokensAsync(" world");
            await call.CompleteAsync(2);
        };
        await using var gateway = await CachingGateway.StartAsync(registry);
        var counts = new ConcurrentDictionary<string, long>(StringComparer.Ordinal);
        using var listener = Listen(gateway, counts);

        // Each has its head, and so its first token, while the answer is being made.
        var responses = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => gateway.StreamAsync()));
        more.SetResult();
        var texts = await Task.WhenAll(responses.Select(CachingGateway.TextAsync));

        Assert.All(texts, text => Assert.Equal("Hello world!", text));

        // Each reads an event for as long as it likes, and events of texts hold only until the next.
        Assert.False(Assert.Single(registry.Calls).Request.TakesTexts);
        Assert.False(Assert.Single(registry.Calls).Request.Collects);
        Assert.Equal((1, 19), (responses.Count(response => CachingGateway.CacheOf(response) == "miss"), responses.Count(response => CachingGateway.CacheOf(response) == "hit")));
        await Eventually.HoldsAsync(() => counts.GetValueOrDefault("shared") == 19, "all that shared have been counted");
        Assert.Equal(1, counts["miss"]);
    }

    [Fact]
    public async Task SameRequests_OneOfThemBackgroundWork_EachOfTheOthersWaitsForNoCallThatMakesRoom()
    {
        await using var registry = await FakeRegistry.StartAsync();
        var begin = new TaskCompletionSource();
        registry.Behave = async call =>
        {
            await (call.Request.Priority < 0 ? begin.Task : Task.CompletedTask);
            await call.AnswerAsync("Hello");
        };
        await using var gateway = await CachingGateway.StartAsync(registry);
        var background = gateway.StreamAsync(priority: -1);
        await Eventually.HoldsAsync(() => registry.Calls.Count == 1, "the background work has asked");
        var alike = gateway.StreamAsync(priority: -2);
        await gateway.SharedByAsync(2);

        using (var urgent = await gateway.StreamAsync(priority: 0))
        {
            Assert.Equal(("miss", "Hello!"), (CachingGateway.CacheOf(urgent), await CachingGateway.TextAsync(urgent)));
        }

        begin.SetResult();
        Assert.Equal(["Hello!", "Hello!"], [await CachingGateway.TextAsync(await background), await CachingGateway.TextAsync(await alike)]);
        Assert.Equal([-1, 0], registry.Calls.Select(call => call.Request.Priority));
    }

    [Fact]
    public async Task First_ItsClientLeavesBeforeAndAfterATokenCame_TheOthersHaveTheWholeAnswer()
    {
        await using var registry = await FakeRegistry.StartAsync();
        var (begin, more) = (new TaskCompletionSource(), new TaskCompletionSource());
        registry.Behave = async call =>
        {
            await begin.Task;
            await call.AcceptAsync();
            await call.TokensAsync("Hello");
            await more.Task;
            await call.TokensAsync(" world");
            await call.CompleteAsync(2);
        };
        await using var gateway = await CachingGateway.StartAsync(registry);
        using var gone = new CancellationTokenSource();
        var first = gateway.StreamAsync(cancellationToken: gone.Token);
        await Eventually.HoldsAsync(() => registry.Calls.Count == 1, "the first has asked");
        var second = gateway.StreamAsync();
        var third = gateway.StreamAsync();
        await gateway.SharedByAsync(3);

        await gone.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => first);
        begin.SetResult();
        (await second).Dispose();
        more.SetResult();

        Assert.Equal("Hello world!", await CachingGateway.TextAsync(await third));
        Assert.Single(registry.Calls);
        await gateway.SettledAsync();
        Assert.Single(gateway.Kept.Kept);
    }

    [Fact]
    public async Task AllOfThem_Leave_TheCallIsCancelledAtOnceAndNothingIsKept()
    {
        await using var registry = await FakeRegistry.StartAsync();
        registry.Behave = async call =>
        {
            await call.AcceptAsync();
            await call.TokensAsync("Hello");
            await call.HangAsync();
        };
        await using var gateway = await CachingGateway.StartAsync(registry);
        var responses = await Task.WhenAll(gateway.StreamAsync(), gateway.StreamAsync());

        responses[0].Dispose();
        Assert.Equal(0, registry.Calls.Single().CancelledAt);
        responses[1].Dispose();

        await Eventually.HoldsAsync(() => registry.Calls.Single().CancelledAt != 0, "the call is cancelled");
        await gateway.SettledAsync();
        Assert.Empty(gateway.Kept.Kept);
    }

    [Theory]
    [InlineData(ErrorCode.CapacityExceeded, 2)]
    [InlineData(ErrorCode.InvalidRequest, 1)]
    [InlineData(ErrorCode.Timeout, 1)]
    public async Task Call_FailsBeforeItsFirstToken_IsMadeOnceMoreForTheOthersWhereThatMayHelp(ErrorCode code, int calls)
    {
        await using var registry = await FakeRegistry.StartAsync();
        var fail = new TaskCompletionSource();
        registry.Behave = async call =>
        {
            await fail.Task;
            throw GrpcErrors.ToRpcException(new MeshException(code, "not now"));
        };
        await using var gateway = await CachingGateway.StartAsync(registry);
        var first = gateway.StreamAsync();
        await Eventually.HoldsAsync(() => registry.Calls.Count == 1, "the first has asked");
        var others = Enumerable.Range(0, 5).Select(_ => gateway.StreamAsync()).ToList();
        await gateway.SharedByAsync(6);
        fail.SetResult();

        var responses = await Task.WhenAll(others.Append(first));

        Assert.All(responses, response => Assert.Equal((HttpStatusCode)ErrorTable.Row(code).HttpStatus, response.StatusCode));
        Assert.All(responses, response => Assert.Equal(code == ErrorCode.Timeout ? "1" : "0", response.Headers.GetValues("x-modelmesh-attempts").Single()));

        // A request that is slow to hear of the failure may find the second call over, too, and make one.
        Assert.InRange(registry.Calls.Count, calls, calls == 1 ? 1 : 6);
    }

    [Fact]
    public async Task Call_BreaksAfterItsFirstToken_StreamsEndWithTheErrorAndWholeAnswersAreMadeByAnotherInstance()
    {
        await using var bad = await FakeRegistry.StartAsync("bad");
        await using var good = await FakeRegistry.StartAsync("good");
        var fail = new TaskCompletionSource();
        var calls = 0;

        // Whichever is asked first breaks.
        bad.Behave = good.Behave = async call =>
        {
            if (Interlocked.Increment(ref calls) > 1)
            {
                await call.AnswerAsync("all of it");
                return;
            }

            await call.AcceptAsync();
            await call.TokensAsync("half");
            await fail.Task;
            throw new RpcException(new Status(StatusCode.Unavailable, "gone"));
        };
        await using var gateway = await CachingGateway.StartAsync(bad, good);
        using var streamed = await gateway.Gateway.Client.SendAsync(
            new HttpRequestMessage(HttpMethod.Post, "/v1/chat/completions")
            {
                Content = new StringContent("""{"model":"chat","temperature":0,"stream":true,"messages":[{"role":"user","content":"hi"}]}""", System.Text.Encoding.UTF8, "application/json"),
            },
            HttpCompletionOption.ResponseHeadersRead);
        var wholes = Enumerable.Range(0, 3).Select(_ => gateway.WholeAsync()).ToList();
        await gateway.SharedByAsync(4);
        fail.SetResult();

        var cut = await streamed.Content.ReadAsStringAsync();
        Assert.Contains("half", cut, StringComparison.Ordinal);
        Assert.DoesNotContain("[DONE]", cut, StringComparison.Ordinal);
        foreach (var whole in wholes)
        {
            var text = await (await whole).Content.ReadAsStringAsync();
            Assert.Contains("all of it", text, StringComparison.Ordinal);
            Assert.DoesNotContain("half", text, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Request_AfterAnswersWereCleared_DoesNotShareOneFromBefore()
    {
        await using var registry = await FakeRegistry.StartAsync();
        var more = new TaskCompletionSource();
        registry.Behave = async call =>
        {
            await call.AcceptAsync();
            await call.TokensAsync("Hello");
            await more.Task;
            await call.CompleteAsync(1);
        };
        await using var gateway = await CachingGateway.StartAsync(registry);

        using var before = await gateway.StreamAsync();
        gateway.Kept.Epoch++;
        using var after = await gateway.StreamAsync();
        more.SetResult();

        Assert.Equal(("miss", "miss"), (CachingGateway.CacheOf(before), CachingGateway.CacheOf(after)));
        Assert.Equal(("Hello!", "Hello!"), (await CachingGateway.TextAsync(before), await CachingGateway.TextAsync(after)));
        Assert.Equal(2, registry.Calls.Count);
    }

    private static MeterListener Listen(CachingGateway gateway, ConcurrentDictionary<string, long> counts)
    {
        var meters = gateway.Gateway.Services.GetRequiredService<IMeterFactory>();
        var listener = new MeterListener
        {
            InstrumentPublished = (instrument, listener) =>
            {
                if (instrument.Name == "modelmesh.gateway.cache.requests" && ReferenceEquals(instrument.Meter.Scope, meters))
                {
                    listener.EnableMeasurementEvents(instrument);
                }
            },
        };
        listener.SetMeasurementEventCallback<long>((_, count, tags, _) => counts.AddOrUpdate((string)tags[0].Value!, count, (_, sum) => sum + count));
        listener.Start();
        return listener;
    }
}
