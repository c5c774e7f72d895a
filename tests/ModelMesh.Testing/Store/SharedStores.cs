using System.Collections.Concurrent;

namespace ModelMesh.Testing.Store;

/// <summary>
/// One running server a kind for all tests of an assembly; it ends with the test process. Tests keep apart by a key prefix of their own. A test
/// that stops or pauses its store starts one for itself.
/// </summary>
public static class SharedStores
{
    private static readonly ConcurrentDictionary<StoreKind, Lazy<Task<StoreServer>>> Running = new();

    public static Task<StoreServer> GetAsync(StoreKind kind) => Running.GetOrAdd(kind, static kind => new Lazy<Task<StoreServer>>(() => StoreServer.StartAsync(kind))).Value;
}
