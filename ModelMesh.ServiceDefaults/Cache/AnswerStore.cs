using System.Globalization;
using ModelMesh.Contracts.Catalog;
using ModelMesh.ServiceDefaults.Store;
using StackExchange.Redis;

namespace ModelMesh.ServiceDefaults.Cache;

/// <summary>
/// Complete answers, kept for requests that are exactly the same. What is kept counts with its own size and <see cref="CostOfOne"/>; where it becomes more than may be
/// kept, what would expire first goes. Accounting comes before keeping and removing, so that a process that dies between them leaves no answer uncounted
/// for longer than its time to live. Thread-safe.
/// </summary>
public sealed class AnswerStore(StoreConnection store)
{
    /// <summary>What the account of one answer takes besides it, in bytes.</summary>
    public const int CostOfOne = 256;

    private const int AtOnce = 1000;
    private static readonly StoreScript KeepScript = StoreScript.Load<AnswerStore>("keep.lua");
    private static readonly StoreScript ForgetScript = StoreScript.Load<AnswerStore>("forget.lua");

    private readonly StoreKeys _keys = store.Keys;

    /// <summary>One round trip: the gate is asked for the revision, as admission does, so that no answer is older than what an operator has been told is served.</summary>
    /// <param name="hash">The request's.</param>
    /// <exception cref="Contracts.Errors.MeshException"><c>store_unavailable</c>.</exception>
    public async Task<AnswerLook> LookAsync(string hash, ModelId id, long revision)
    {
        var gate = _keys.Gate(id);
        var found = await store.RunAsync(StoreCommands.CacheRead, database => Task.WhenAll(
            database.HashGetAsync(gate, "state"),
            database.HashGetAsync(gate, "revision"),
            database.StringGetAsync(_keys.CacheEpoch),
            database.StringGetAsync(_keys.CachedAnswer(hash))));
        return new AnswerLook(found[0] == "open" && found[1] == revision, found[2].IsNull ? 0 : (long)found[2], found[3]);
    }

    /// <returns>How many others had to go for it; null when it was not kept because answers were cleared since the look-up.</returns>
    /// <param name="epoch">That of the look-up.</param>
    /// <param name="maxBytes">The most that may be kept in the whole mesh.</param>
    /// <exception cref="Contracts.Errors.MeshException"><c>store_unavailable</c>.</exception>
    public async Task<int?> KeepAsync(string hash, byte[] answer, TimeSpan timeToLive, long maxBytes, long epoch)
    {
        var milliseconds = ((long)timeToLive.TotalMilliseconds).ToString(CultureInfo.InvariantCulture);
        var told = (RedisValue[])(await store.RunAsync(StoreCommands.CacheWrite, database => KeepScript.EvaluateAsync(
            database, [_keys.CacheIndex, _keys.CacheSizes, _keys.CacheEpoch], [hash, answer.Length + CostOfOne, milliseconds, maxBytes, epoch, AtOnce])))!;
        if (told[0] != "kept")
        {
            return null;
        }

        await store.RunAsync(StoreCommands.CacheWrite, database => database.StringSetAsync(_keys.CachedAnswer(hash), answer, timeToLive));
        await RemoveAsync(told.AsMemory(1));
        return told.Length - 1;
    }

    /// <summary>Removes all. What was looked up before and is still being made is not kept.</summary>
    /// <returns>How many there were.</returns>
    /// <exception cref="Contracts.Errors.MeshException"><c>store_unavailable</c>.</exception>
    public async Task<long> ClearAsync(CancellationToken cancellationToken)
    {
        await store.RunAsync(StoreCommands.CacheClear, database => database.StringIncrementAsync(_keys.CacheEpoch));
        var removed = 0L;
        while (true)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var hashes = (RedisValue[])(await store.RunAsync(StoreCommands.CacheClear, database => ForgetScript.EvaluateAsync(database, [_keys.CacheIndex, _keys.CacheSizes], [AtOnce])))!;
            if (hashes.Length == 0)
            {
                return removed;
            }

            removed += await RemoveAsync(hashes);
        }
    }

    private Task<long> RemoveAsync(ReadOnlyMemory<RedisValue> hashes)
    {
        var keys = new RedisKey[hashes.Length];
        for (var i = 0; i < keys.Length; i++)
        {
            keys[i] = _keys.CachedAnswer(hashes.Span[i].ToString());
        }

        return keys.Length == 0 ? Task.FromResult(0L) : store.RunAsync(StoreCommands.CacheWrite, database => database.KeyDeleteAsync(keys));
    }
}
