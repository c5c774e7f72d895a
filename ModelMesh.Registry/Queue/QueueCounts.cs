using ModelMesh.Contracts.Catalog;
using ModelMesh.ServiceDefaults.Store;

namespace ModelMesh.Registry.Queue;

/// <summary>One round trip however many models. Waiters of a replica that died count until they expire.</summary>
internal sealed class QueueCounts(StoreConnection store) : IQueueCounts
{
    public async Task<IReadOnlyList<int>> CountAsync(IReadOnlyList<ModelId> models)
    {
        var counts = await store.RunAsync(StoreCommands.QueueCount, database => Task.WhenAll(models.Select(model => database.SortedSetLengthAsync(store.Keys.Queue(model)))));
        return Array.ConvertAll(counts, count => (int)count);
    }
}
