using System.Globalization;
using ModelMesh.Contracts.Catalog;
using ModelMesh.Contracts.Traffic;
using ModelMesh.Registry.Catalog;
using ModelMesh.ServiceDefaults.Catalog;
using ModelMesh.ServiceDefaults.Store;
using StackExchange.Redis;

namespace ModelMesh.Registry.Rollouts;

/// <summary>
/// Rollouts in the store. Each move is one script on the catalog's slot, fenced by the revision of what it was decided on, so that of two who decide at once one is
/// refused. What was written is on disk, and in this replica's snapshot, when a call returns. Thread-safe.
/// </summary>
internal sealed class RolloutStore(StoreConnection store, CatalogDurability durability, ICatalog catalog, RolloutTelemetry telemetry)
{
    /// <summary>How many rollouts of a model that have ended are kept.</summary>
    public const int MostKept = 20;

    private static readonly StoreScript Write = StoreScript.Load<RolloutStore>("write.lua");

    /// <summary>Begins one. The weights stay, but stand apart from their definitions from now on: whatever is updated meanwhile leaves them alone.</summary>
    /// <returns>What is stored; null when the catalog has changed since <paramref name="catalogRevision"/>.</returns>
    /// <exception cref="Contracts.Errors.MeshException"><c>store_unavailable</c>.</exception>
    public Task<Rollout?> StartAsync(Rollout rollout, long catalogRevision) =>
        WriteAsync(new RolloutChange(rollout, new TrafficSplit(rollout.FromWeight, rollout.ToWeight)), "", catalogRevision);

    /// <returns>What is stored; null when the entry is not any more the one that the change was made of.</returns>
    /// <exception cref="Contracts.Errors.MeshException"><c>store_unavailable</c>.</exception>
    public Task<Rollout?> MoveAsync(RolloutChange change) => WriteAsync(change, change.Next.Revision, "");

    /// <summary>The rollouts of a model that have ended, the newest first.</summary>
    /// <exception cref="Contracts.Errors.MeshException"><c>store_unavailable</c>.</exception>
    public async Task<IReadOnlyList<Rollout>> HistoryAsync(string model)
    {
        var entries = await store.RunAsync(StoreCommands.RolloutRead, database => database.ListRangeAsync(store.Keys.RolloutHistory(model)));
        return [.. entries.Select(entry => StoredTraffic.Parse(TrafficKinds.Rollout, entry.ToString())).OfType<Rollout>()];
    }

    private async Task<Rollout?> WriteAsync(RolloutChange change, RedisValue entryRevision, RedisValue catalogRevision)
    {
        var rollout = change.Next;
        RedisKey[] keys = [store.Keys.Traffic, store.Keys.Models, store.Keys.Revision, store.Keys.RolloutHistory(rollout.Model)];
        RedisValue[] values =
        [
            new TrafficId(TrafficKinds.Rollout, rollout.Model).ToString(),
            StoredTraffic.Definition(rollout),
            store.Keys.CatalogEvents,
            entryRevision,
            catalogRevision,
            rollout.IsActive ? "0" : "1",
            MostKept,
            new ModelId(rollout.Model, rollout.From).ToString(),
            Weight(change.Weights?.From),
            new ModelId(rollout.Model, rollout.To).ToString(),
            Weight(change.Weights?.To),
        ];
        var answer = (string[])(await store.RunAsync(StoreCommands.CatalogWrite, database => Write.EvaluateAsync(database, keys, values)))!;
        if (answer[0] is not "ok")
        {
            return null;
        }

        telemetry.Written(rollout);
        await durability.ConfirmAsync();
        await catalog.RefreshAsync(CancellationToken.None);
        return (Rollout?)StoredTraffic.Parse(TrafficKinds.Rollout, answer[1]);
    }

    private static RedisValue Weight(int? weight) => weight?.ToString(CultureInfo.InvariantCulture) ?? "";
}
