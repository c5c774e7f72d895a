using ModelMesh.Contracts.Catalog;
using ModelMesh.ServiceDefaults.Store;
using StackExchange.Redis;

namespace ModelMesh.ServiceDefaults.Shadows;

/// <summary>The figures of pairs, summed over all gateways: one hash a pair, in the shadow version's slot. Those of a new revision of either version begin anew. Thread-safe.</summary>
public sealed class ShadowStore(StoreConnection store)
{
    private static readonly TimeSpan Life = TimeSpan.FromDays(30);
    private static readonly StoreScript Add = StoreScript.Load<ShadowStore>("add.lua");

    /// <summary>Adds what a gateway counted; what it sent before counts once.</summary>
    /// <param name="gateway">Names it among all, for as long as it counts.</param>
    /// <exception cref="Contracts.Errors.MeshException"><c>store_unavailable</c>.</exception>
    public Task AddAsync(string gateway, ShadowBatch batch)
    {
        ArgumentNullException.ThrowIfNull(batch);
        var pair = batch.Pair;
        return store.RunAsync(StoreCommands.ShadowWrite, database => Add.EvaluateAsync(
            database,
            [store.Keys.Shadow(pair.Shadow, pair.Real)],
            [
                gateway, batch.Sequence, pair.RealRevision, pair.ShadowRevision, (long)Life.TotalMilliseconds,
                .. batch.Counts.SelectMany(count => new RedisValue[] { count.Key, count.Value }),
            ]));
    }

    /// <summary>What there is of the copies for a shadow version.</summary>
    /// <param name="reals">The model's other versions.</param>
    /// <exception cref="Contracts.Errors.MeshException"><c>store_unavailable</c>.</exception>
    public async Task<IReadOnlyList<ShadowFigures>> ReadAsync(ModelId shadow, IReadOnlyList<string> reals)
    {
        var hashes = await store.RunAsync(StoreCommands.ShadowRead, database => Task.WhenAll(reals.Select(real => database.HashGetAllAsync(store.Keys.Shadow(shadow, real)))));
        return
        [
            .. reals.Zip(hashes, (real, hash) => ShadowFigures.Read(
                new ShadowPair(shadow, 0, real, 0),
                hash.Select(entry => KeyValuePair.Create(entry.Name.ToString(), entry.Value.ToString())))).OfType<ShadowFigures>(),
        ];
    }

    /// <summary>Removes it.</summary>
    /// <param name="reals">The model's other versions.</param>
    /// <exception cref="Contracts.Errors.MeshException"><c>store_unavailable</c>.</exception>
    public Task ResetAsync(ModelId shadow, IEnumerable<string> reals) =>
        store.RunAsync(StoreCommands.ShadowWrite, database => database.KeyDeleteAsync([.. reals.Select(real => store.Keys.Shadow(shadow, real))]));
}
