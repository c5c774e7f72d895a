using System.Globalization;
using System.Text.Json;
using ModelMesh.Contracts.Catalog;
using ModelMesh.Contracts.Instances;
using ModelMesh.ServiceDefaults.Store;
using StackExchange.Redis;

namespace ModelMesh.Registry.Instances;

/// <summary>
/// Writes instances to the store: a string that expires, and its id in a set. The two lie in different slots, so readers take an id without
/// its string for dead, and whoever announces itself clears such ids away.
/// </summary>
internal sealed class InstanceAnnouncement(StoreConnection store)
{
    public async Task WriteAsync(InstanceInfo instance, TimeSpan ttl, bool tellOthers)
    {
        var text = JsonSerializer.Serialize(instance, CatalogJson.Default.InstanceInfo);

        // The general command, for its typed form has changed between versions of the client library.
        await store.RunAsync(StoreCommands.InstanceWrite, database => database.ExecuteAsync(
            "SET", store.Keys.Instance(instance.Id), text, "PX", ((long)ttl.TotalMilliseconds).ToString(CultureInfo.InvariantCulture)));
        await store.RunAsync(StoreCommands.InstanceWrite, database => database.SetAddAsync(store.Keys.Instances, instance.Id));
        if (tellOthers)
        {
            await TellAsync(instance.Id);
        }
    }

    public async Task RemoveAsync(string id)
    {
        await store.RunAsync(StoreCommands.InstanceWrite, database => database.SetRemoveAsync(store.Keys.Instances, id));
        await store.RunAsync(StoreCommands.InstanceWrite, database => database.KeyDeleteAsync(store.Keys.Instance(id)));
        await TellAsync(id);
    }

    /// <summary>Removes the ids of instances that died without a word. One that only came late writes its id anew with its next heartbeat.</summary>
    public async Task ClearDeadAsync()
    {
        var ids = await store.RunAsync(StoreCommands.InstanceRead, database => database.SetMembersAsync(store.Keys.Instances));
        var alive = await store.RunAsync(StoreCommands.InstanceRead, database => Task.WhenAll(ids.Select(id => database.KeyExistsAsync(store.Keys.Instance(id.ToString())))));
        RedisValue[] dead = [.. ids.Where((_, i) => !alive[i])];
        if (dead.Length > 0)
        {
            await store.RunAsync(StoreCommands.InstanceWrite, database => database.SetRemoveAsync(store.Keys.Instances, dead));
        }
    }

    private Task<long> TellAsync(string id) =>
        store.RunAsync(StoreCommands.InstanceWrite, database => database.PublishAsync(new RedisChannel(store.Keys.InstanceEvents, RedisChannel.PatternMode.Literal), id));
}
