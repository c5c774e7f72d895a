using ModelMesh.ServiceDefaults.Store;
using StackExchange.Redis;

namespace ModelMesh.Registry.Catalog;

/// <summary>
/// Has a change of the catalog put on disk before it is acknowledged, on a store that acknowledges writes it has only in its memory: Garnet
/// loses the last of them with its process unless it is asked to commit. Redis has handed a write to the operating system by then, and when
/// that puts it on the disk is its operator's choice (<c>appendfsync</c>). Leases need none of this, so they do not wait for a disk. Thread-safe.
/// </summary>
internal sealed class CatalogDurability
{
    private readonly StoreConnection _store;
    private volatile bool _hasCommit = true;

    public CatalogDurability(StoreConnection store)
    {
        _store = store;

        // What answers after a reconnect may be another server.
        store.Connected += () => _hasCommit = true;
    }

    /// <exception cref="Contracts.Errors.MeshException"><c>store_unavailable</c>: the change is made, but may not outlive the store.</exception>
    public async Task ConfirmAsync()
    {
        if (!_hasCommit)
        {
            return;
        }

        try
        {
            await _store.RunAsync(StoreCommands.CatalogCommit, database => database.ExecuteAsync("COMMITAOF"));
        }
        catch (RedisServerException)
        {
            // A store without the command, or one that keeps no log.
            _hasCommit = false;
        }
    }
}
