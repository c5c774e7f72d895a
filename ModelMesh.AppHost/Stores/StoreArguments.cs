namespace ModelMesh.AppHost.Stores;

/// <summary>
/// How the stores that AppHost starts are run; the tests' stores run the same way. Neither loses a registration with its process, and leases wait for
/// no disk.
/// </summary>
internal static class StoreArguments
{
    /// <summary>redis-server and valkey-server: a write is the operating system's before it is acknowledged, and on the disk within a second.</summary>
    public static string[] Server(string folder) => ["--bind", "127.0.0.1", "--save", "", "--appendonly", "yes", "--appendfsync", "everysec", "--dir", folder];

    public static string[] Garnet(string folder) =>
    [
        "--bind", "127.0.0.1",
        // A script is atomic in transaction mode only.
        "--lua", "--lua-transaction-mode",
        // Each write goes to disk at once, and nobody waits for that but who asks: the registry does after a change of the catalog.
        // A log that grew past its limit becomes a checkpoint. The native device would need libaio, which a fresh machine lacks.
        "--aof", "--recover", "--aof-commit-freq", "0", "--aof-size-limit", "64m", "--aof-segment-size", "64m", "--device-type", "RandomAccess", "--checkpointdir", folder,
        // A catalog and leases are small, but every lease appends to the store's log. What no longer fits into memory goes to disk; without a tier there
        // it would be dropped, the catalog first. Compaction bounds the disk.
        "--memory", "64m", "--index", "1m", "--page", "1m", "--aof-memory", "16m", "--aof-page-size", "4m", "--readcache-memory", "0",
        "--storage-tier", "--logdir", folder, "--segment", "64m", "--compaction-type", "Lookup", "--compaction-freq", "60", "--compaction-max-segments", "4",
    ];
}
