using System.Globalization;
using StackExchange.Redis;

namespace ModelMesh.ServiceDefaults.Store;

/// <summary>The store's clock, the one that all replicas share.</summary>
public static class StoreClock
{
    /// <summary>What it says, to the millisecond.</summary>
    /// <exception cref="Contracts.Errors.MeshException"><c>store_unavailable</c>.</exception>
    public static async Task<DateTimeOffset> NowAsync(this StoreConnection store)
    {
        ArgumentNullException.ThrowIfNull(store);
        var clock = (RedisResult[])(await store.RunAsync(StoreCommands.Clock, database => database.ExecuteAsync("TIME")))!;
        var (seconds, microseconds) = (long.Parse((string)clock[0]!, CultureInfo.InvariantCulture), long.Parse((string)clock[1]!, CultureInfo.InvariantCulture));
        return DateTimeOffset.FromUnixTimeMilliseconds((seconds * 1000) + (microseconds / 1000));
    }
}
