using System.Globalization;
using ModelMesh.Contracts.Errors;
using ModelMesh.ServiceDefaults.Store;
using StackExchange.Redis;

namespace ModelMesh.Gateway.RateLimits;

/// <summary>Token buckets in the store: one script asks for all that a request falls under, by the store's clock.</summary>
internal sealed partial class StoreRateLimiter(StoreConnection store, ILogger<StoreRateLimiter> logger) : IRateLimiter
{
    private static readonly TimeSpan RetryWhenNotAsked = TimeSpan.FromSeconds(1);
    private static readonly StoreScript Take = StoreScript.Load<StoreRateLimiter>("take.lua");

    public async Task<TakeAnswer> TakeAsync(IReadOnlyList<BucketDemand> demands)
    {
        try
        {
            IDatabase? used = null;
            var answer = (RedisResult[])(await store.RunAsync(
                StoreCommands.RateLimit,
                database => EvaluateAsync(used = database, demands, refuse: true),
                abandoned: sent => _ = PutBackLateAsync(used!, sent, demands)))!;
            return new TakeAnswer(
                IsGranted(answer),
                [.. demands.Select((demand, index) => new BucketState(demand.Bucket, long.Parse((string)answer[index + 1]!, CultureInfo.InvariantCulture)))]);
        }
        catch (RedisServerException exception)
        {
            // To a request it is the same whether the store is away or cannot run the script; an operator has to know which.
            NotAsked(exception, demands[0].Bucket.Limit.Name);
            throw new MeshException(ErrorCode.StoreUnavailable, innerException: exception) { RetryAfter = RetryWhenNotAsked };
        }
    }

    // Sent before this returns, and one connection keeps the order.
    public void Settle(IReadOnlyList<BucketDemand> demands) => _ = SettleAsync(demands);

    private async Task SettleAsync(IReadOnlyList<BucketDemand> demands)
    {
        try
        {
            await store.RunAsync(StoreCommands.RateLimit, database => EvaluateAsync(database, demands, refuse: false));
        }
        catch (Exception exception) when (exception is MeshException { Code: ErrorCode.StoreUnavailable } or RedisServerException)
        {
            // That the store is away is logged where that is known; a store that cannot run the script is worth a stack trace.
            NotSettled(exception as RedisServerException, demands[0].Bucket.Limit.Name);
        }
    }

    private static bool IsGranted(RedisResult[] answer) => (string)answer[0]! == "granted";

    // The request was refused, or went on uncounted; what the store took for it after all is nobody's. Past the session on purpose: the answer may come before the
    // store counts as back.
    private async Task PutBackLateAsync(IDatabase database, Task<RedisResult> sent, IReadOnlyList<BucketDemand> demands)
    {
        try
        {
            var answer = await sent.ConfigureAwait(ConfigureAwaitOptions.ForceYielding);
            if (IsGranted((RedisResult[])answer!))
            {
                await EvaluateAsync(database, [.. demands.Select(demand => demand with { Amount = -demand.Amount })], refuse: false);
            }
        }
        catch (Exception exception) when (exception is RedisException or TimeoutException or OperationCanceledException or ObjectDisposedException)
        {
            // It is refilled within the minute.
        }
    }

    private Task<RedisResult> EvaluateAsync(IDatabase database, IReadOnlyList<BucketDemand> demands, bool refuse)
    {
        RedisKey[] keys = [.. demands.Select(demand => store.Keys.LimitBucket(demand.Bucket.KindName, demand.Bucket.Limit.Name, demand.Bucket.Caller))];
        RedisValue[] values = [refuse ? 1 : 0, .. demands.SelectMany(demand => (RedisValue[])[demand.Bucket.PerMinute, demand.Amount])];
        return Take.EvaluateAsync(database, keys, values);
    }

    [LoggerMessage(EventId = 181, EventName = "LimitsNotAsked", Level = LogLevel.Error, Message = "The store cannot say what is left of the rate limit {Limit}")]
    private partial void NotAsked(Exception exception, string limit);

    [LoggerMessage(EventId = 180, EventName = "TokensNotSettled", Level = LogLevel.Warning, Message = "What a request really used was not counted in the rate limit {Limit}, whose estimate stays")]
    private partial void NotSettled(Exception? exception, string limit);
}
