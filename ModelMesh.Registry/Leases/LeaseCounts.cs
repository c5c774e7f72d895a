using ModelMesh.Contracts.Catalog;
using ModelMesh.ServiceDefaults.Store;
using StackExchange.Redis;

namespace ModelMesh.Registry.Leases;

/// <summary>Asks the store for its time, then for the leases that expire later: two round trips however many models, and nothing written.</summary>
internal sealed class LeaseCounts(StoreConnection store) : ILeaseCounts
{
    public async Task<IReadOnlyList<int>> CountAsync(IReadOnlyList<ModelId> models)
    {
        if (models.Count == 0)
        {
            return [];
        }

        var now = (await store.NowAsync()).ToUnixTimeMilliseconds();
        var counts = await store.RunAsync(StoreCommands.LeaseCount, database => Task.WhenAll(
            models.Select(model => database.SortedSetLengthAsync(store.Keys.Leases(model), now, double.PositiveInfinity, Exclude.Start))));
        return Array.ConvertAll(counts, count => (int)count);
    }
}
