using System.Diagnostics;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using ModelMesh.Contracts.Errors;
using ModelMesh.Contracts.Traffic;
using ModelMesh.Gateway.RateLimits;
using ModelMesh.ServiceDefaults.Store;
using ModelMesh.Testing.Store;

namespace ModelMesh.Gateway.Tests.RateLimits;

public sealed class StoreRateLimiterTests : IAsyncDisposable
{
    private readonly List<WebApplication> _apps = [];
    private readonly string _prefix = $"test-{Guid.NewGuid():N}";

    private StoreConnection Store => _apps[0].Services.GetRequiredService<StoreConnection>();

    [Theory, OnGarnet, OnRedis]
    public async Task Take_HundredsAtOnceFromTwoGateways_GrantsTheLimitAndWhatWasRefilled(StoreKind kind)
    {
        IRateLimiter[] limiters = [await StartAsync(kind), await StartAsync(kind)];
        var bucket = Requests("busy", 120);
        var since = Stopwatch.StartNew();

        var answers = await Task.WhenAll(Enumerable.Range(0, 600).Select(i => Task.Run(() => limiters[i % 2].TakeAsync([new BucketDemand(bucket, 1)]))));

        var refilled = (int)(since.Elapsed.TotalMinutes * 120);
        Assert.InRange(answers.Count(answer => answer.Granted), 120, 120 + refilled);
        Assert.All(answers.Where(answer => !answer.Granted), answer => Assert.InRange(answer.States[0].UntilOne.TotalMilliseconds, 1, 500));
    }

    [Theory, OnGarnet, OnRedis]
    public async Task Take_OfSeveralBucketsOneOfWhichIsEmpty_TakesOfNone(StoreKind kind)
    {
        var limiter = await StartAsync(kind);
        var (small, large) = (Requests("small", 1), Requests("large", 5));
        var first = await TakeAsync(limiter, (small, 1), (large, 1));
        var second = await TakeAsync(limiter, (small, 1), (large, 1));
        var third = await TakeAsync(limiter, (large, 1));

        Assert.Equal([true, false, true], [first.Granted, second.Granted, third.Granted]);
        Assert.Equal([0, 4], first.States.Select(state => state.Remaining));
        Assert.Equal([0, 4], second.States.Select(state => state.Remaining));
        Assert.Equal([3], third.States.Select(state => state.Remaining));
    }

    [Theory, OnGarnet, OnRedis]
    public async Task Bucket_IsRefilledByTheStoresClockUntilItIsFull(StoreKind kind)
    {
        var limiter = await StartAsync(kind);
        var bucket = Requests("refill", 6);
        await TakeAsync(limiter, (bucket, 6));
        Assert.False((await TakeAsync(limiter, (bucket, 1))).Granted);

        await AgeAsync(bucket, TimeSpan.FromSeconds(30));
        Assert.Equal((true, 2), await TakeOneAsync(limiter, bucket));
        await AgeAsync(bucket, TimeSpan.FromHours(1));
        Assert.Equal((true, 5), await TakeOneAsync(limiter, bucket));
    }

    [Theory, OnGarnet, OnRedis]
    public async Task Bucket_OfTokens_GoesBelowZeroAndRefusesUntilTheDebtIsPaid(StoreKind kind)
    {
        var limiter = await StartAsync(kind);
        var bucket = new LimitBucket(new RateLimit { Name = "tokens", TokensPerMinute = 600 }, BucketKind.Tokens, "app");
        await TakeAsync(limiter, (bucket, 100));
        limiter.Settle([new BucketDemand(bucket, 800)]);

        var refused = await TakeAsync(limiter, (bucket, 0));
        Assert.False(refused.Granted);
        Assert.InRange(refused.States[0].UntilOne, TimeSpan.FromSeconds(20), TimeSpan.FromSeconds(30.1));
        await AgeAsync(bucket, TimeSpan.FromSeconds(31));
        Assert.True((await TakeAsync(limiter, (bucket, 0))).Granted);

        limiter.Settle([new BucketDemand(bucket, -10_000)]);
        Assert.Equal(600, (await TakeAsync(limiter, (bucket, 0))).States[0].Remaining);
    }

    [Theory, OnGarnet, OnRedis]
    public async Task Limit_ThatIsChanged_CountsFromWhatWasLeft(StoreKind kind)
    {
        var limiter = await StartAsync(kind);
        await TakeAsync(limiter, (Requests("changed", 100), 90));

        Assert.Equal((true, 4), await TakeOneAsync(limiter, Requests("changed", 5)));
        Assert.Equal((true, 3), await TakeOneAsync(limiter, Requests("changed", 5)));
        var raised = await TakeAsync(limiter, (Requests("changed", 100_000), 1));
        Assert.InRange(raised.States[0].Remaining, 2, 99_998);
    }

    [Theory, OnGarnet, OnRedis]
    public async Task Bucket_ExpiresWhenItWouldBeFull_AndCallersHaveTheirOwn(StoreKind kind)
    {
        var limiter = await StartAsync(kind);
        var limit = new RateLimit { Name = "each: {a}", RequestsPerMinute = 60, Caller = "*" };
        LimitBucket[] own = [new(limit, BucketKind.Requests, "a"), new(limit, BucketKind.Requests, ""), new(limit, BucketKind.Requests, null)];
        foreach (var bucket in own)
        {
            Assert.Equal((true, 59), await TakeOneAsync(limiter, bucket));
        }

        var left = await Store.RunAsync(database => database.KeyTimeToLiveAsync(Store.Keys.LimitBucket("requests", limit.Name, "a")));
        Assert.InRange(left!.Value, TimeSpan.Zero, TimeSpan.FromSeconds(2));
    }

    [Fact]
    public async Task Take_WhileTheStoreIsAway_SaysSoAndSettlingIsNotWaitedFor()
    {
        var limiter = await StartAsync($"127.0.0.1:{LoopbackPort.Free()}");

        var exception = await Assert.ThrowsAsync<MeshException>(() => TakeAsync(limiter, (Requests("away", 1), 1)));
        Assert.Equal(ErrorCode.StoreUnavailable, exception.Code);
        limiter.Settle([new BucketDemand(Requests("away", 1), 1)]);
    }

    [Theory, OnGarnet, OnRedis]
    public async Task Take_ThatTheStoreRanTooLate_IsPutBack(StoreKind kind)
    {
        await using var server = await StoreServer.StartAsync(kind);
        var limiter = await StartConnectedAsync(server.ConnectionString, ("Store:CommandTimeout", "00:00:01"));
        var bucket = new LimitBucket(new RateLimit { Name = "late", TokensPerMinute = 60 }, BucketKind.Tokens, null);
        await Eventually.HoldsAsync(IsThereAsync, TimeSpan.FromSeconds(20), "the script has run once");
        await TakeAsync(limiter, (bucket, 10));

        server.Pause();
        var exception = await Assert.ThrowsAsync<MeshException>(() => TakeAsync(limiter, (bucket, 1_000_000)));
        server.Resume();

        Assert.Equal(ErrorCode.StoreUnavailable, exception.Code);
        await Eventually.HoldsAsync(() => Store.IsConnected, TimeSpan.FromSeconds(20), "the store counts as back");
        await Eventually.HoldsAsync(IsThereAsync, TimeSpan.FromSeconds(20), "what nobody uses is there again, long before it would be refilled");

        // A store that has just started or is just back may need longer than a second once.
        async Task<bool> IsThereAsync()
        {
            try
            {
                return (await TakeAsync(limiter, (bucket, 0))).Granted;
            }
            catch (MeshException away) when (away.Code == ErrorCode.StoreUnavailable)
            {
                return false;
            }
        }
    }

    [Theory, OnGarnet, OnRedis]
    public async Task Take_ThatTheStoreCannotRun_IsStoreUnavailable(StoreKind kind)
    {
        var limiter = await StartAsync(kind);
        var bucket = Requests("wrong", 1);
        await Store.RunAsync(database => database.StringSetAsync(Store.Keys.LimitBucket(bucket.KindName, bucket.Limit.Name, bucket.Caller), "no bucket"));

        var exception = await Assert.ThrowsAsync<MeshException>(() => TakeAsync(limiter, (bucket, 1)));

        Assert.Equal((ErrorCode.StoreUnavailable, TimeSpan.FromSeconds(1)), (exception.Code, exception.RetryAfter));
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var app in _apps)
        {
            await app.StopAsync();
            await app.DisposeAsync();
        }
    }

    private static LimitBucket Requests(string name, int perMinute) => new(new RateLimit { Name = name, RequestsPerMinute = perMinute }, BucketKind.Requests, null);

    private static Task<TakeAnswer> TakeAsync(IRateLimiter limiter, params (LimitBucket Bucket, long Amount)[] demands) =>
        limiter.TakeAsync([.. demands.Select(demand => new BucketDemand(demand.Bucket, demand.Amount))]);

    private static async Task<(bool Granted, long Remaining)> TakeOneAsync(IRateLimiter limiter, LimitBucket bucket)
    {
        var answer = await TakeAsync(limiter, (bucket, 1));
        return (answer.Granted, answer.States[0].Remaining);
    }

    // As if it had been used that much earlier.
    private Task<long> AgeAsync(LimitBucket bucket, TimeSpan by) => Store.RunAsync(database =>
        database.HashIncrementAsync(Store.Keys.LimitBucket(bucket.KindName, bucket.Limit.Name, bucket.Caller), "at", -(long)by.TotalMilliseconds));

    private async Task<IRateLimiter> StartAsync(StoreKind kind) => await StartConnectedAsync((await SharedStores.GetAsync(kind)).ConnectionString);

    private async Task<IRateLimiter> StartConnectedAsync(string connection, params (string Name, string Value)[] settings)
    {
        var limiter = await StartAsync(connection, settings);
        var store = _apps[^1].Services.GetRequiredService<StoreConnection>();
        await Eventually.HoldsAsync(() => store.IsConnected, TimeSpan.FromSeconds(20), "the store is connected");
        return limiter;
    }

    private async Task<IRateLimiter> StartAsync(string store, params (string Name, string Value)[] settings)
    {
        var builder = WebApplication.CreateBuilder(["--urls", "http://127.0.0.1:0"]);
        builder.Logging.ClearProviders();
        builder.Configuration["ConnectionStrings:redis"] = store;
        builder.Configuration["Store:KeyPrefix"] = _prefix;
        foreach (var (name, value) in settings)
        {
            builder.Configuration[name] = value;
        }

        builder.AddStore();
        builder.AddRateLimitStore();
        var app = builder.Build();
        _apps.Add(app);
        await app.StartAsync();
        return app.Services.GetRequiredService<IRateLimiter>();
    }
}
