using ModelMesh.ServiceDefaults.Store;
using StackExchange.Redis;

namespace ModelMesh.Testing;

public static class StoreCalls
{
    /// <summary>A test's own look at the store, or change of it.</summary>
    public static Task<T> RunAsync<T>(this StoreConnection store, Func<IDatabase, Task<T>> command, TimeSpan? limit = null, Action<Task<T>>? abandoned = null) =>
        store.RunAsync("test", command, limit, abandoned);
}
