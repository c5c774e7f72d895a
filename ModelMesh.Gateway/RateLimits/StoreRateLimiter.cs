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
            // The request may be refused, or go on uncounted; what the store takes for it after all is nobody's.
            var reply = await store.RunScriptAsync(StoreCommands.RateLimit, Call(demands, refuse: true), undo: late => IsGranted(late) ? Call(PutBack(demands), refuse: false) : null);
            var left = reply.Items;
            return new TakeAnswer(IsGranted(reply), [.. demands.Select((demand, index) => new BucketState(demand.Bucket, left[index + 1].Number))]);
        }
        catch (StoreRefusedException exception)
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
            await store.RunScriptAsync(StoreCommands.RateLimit, Call(demands, refuse: false));
        }
        catch (Exception exception) when (exception is MeshException { Code: ErrorCode.StoreUnavailable } or StoreRefusedException)
        {
            // That the store is away is logged where that is known; a store that cannot run the script is worth a stack trace.
            NotSettled(exception as StoreRefusedException, demands[0].Bucket.Limit.Name);
        }
    }

    private static bool IsGranted(StoreReply reply) => reply.Items[0].Text == "granted";

    private static BucketDemand[] PutBack(IReadOnlyList<BucketDemand> demands) => [.. demands.Select(demand => demand with { Amount = -demand.Amount })];

    private ScriptCall Call(IReadOnlyList<BucketDemand> demands, bool refuse)
    {
        RedisKey[] keys = [.. demands.Select(demand => store.Keys.LimitBucket(demand.Bucket.KindName, demand.Bucket.Limit.Name, demand.Bucket.Caller))];
        StoreValue[] values = [refuse ? 1 : 0, .. demands.SelectMany(demand => (StoreValue[])[demand.Bucket.PerMinute, demand.Amount])];
        return new ScriptCall(Take, keys, values);
    }

    [LoggerMessage(EventId = 181, EventName = "LimitsNotAsked", Level = LogLevel.Error, Message = "The store cannot say what is left of the rate limit {Limit}")]
    private partial void NotAsked(Exception exception, string limit);

    [LoggerMessage(EventId = 180, EventName = "TokensNotSettled", Level = LogLevel.Warning, Message = "What a request really used was not counted in the rate limit {Limit}, whose estimate stays")]
    private partial void NotSettled(Exception? exception, string limit);
}
