using System.Globalization;
using ModelMesh.Contracts.Errors;
using ModelMesh.ServiceDefaults.Store;
using StackExchange.Redis;

namespace ModelMesh.Gateway.RateLimits;

/// <summary>Token buckets in the store: one script asks for all that a request falls under, by the store's clock.</summary>
internal sealed partial class StoreRateLimiter(StoreConnection store, ILogger<StoreRateLimiter> logger) : IRateLimiter
{
    private static readonly StoreScript Take = StoreScript.Load<StoreRateLimiter>("take.lua");

    public async Task<TakeAnswer> TakeAsync(IReadOnlyList<BucketDemand> demands)
    {
        var answer = (RedisResult[])(await RunAsync(demands, refuse: true))!;
        return new TakeAnswer(
            (string)answer[0]! == "granted",
            [.. demands.Select((demand, index) => new BucketState(demand.Bucket, long.Parse((string)answer[index + 1]!, CultureInfo.InvariantCulture)))]);
    }

    // Sent before this returns, and one connection keeps the order.
    public void Settle(IReadOnlyList<BucketDemand> demands) => _ = SettleAsync(demands);

    private async Task SettleAsync(IReadOnlyList<BucketDemand> demands)
    {
        try
        {
            await RunAsync(demands, refuse: false);
        }
        catch (Exception exception) when (exception is MeshException { Code: ErrorCode.StoreUnavailable } or RedisServerException)
        {
            // That the store is away is logged where that is known; a store that cannot run the script is worth a stack trace.
            NotSettled(exception as RedisServerException, demands[0].Bucket.Limit.Name);
        }
    }

    private Task<RedisResult> RunAsync(IReadOnlyList<BucketDemand> demands, bool refuse)
    {
        RedisKey[] keys = [.. demands.Select(demand => store.Keys.LimitBucket(demand.Bucket.KindName, demand.Bucket.Limit.Name, demand.Bucket.Caller))];
        RedisValue[] values = [refuse ? 1 : 0, .. demands.SelectMany(demand => (RedisValue[])[demand.Bucket.PerMinute, demand.Amount])];
        return store.RunAsync(database => Take.EvaluateAsync(database, keys, values));
    }

    [LoggerMessage(EventId = 180, EventName = "TokensNotSettled", Level = LogLevel.Warning, Message = "What a request really used was not counted in the rate limit {Limit}, whose estimate stays")]
    private partial void NotSettled(Exception? exception, string limit);
}
