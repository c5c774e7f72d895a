namespace ModelMesh.ServiceDefaults.Store;

/// <summary>The store that all replicas share (section <c>Store</c>; the address is the connection string <c>redis</c>).</summary>
public sealed class StoreOptions
{
    /// <summary>Address and options in StackExchange.Redis form. Set by <c>ConnectionStrings:redis</c>; the default is a store on its usual local port.</summary>
    public string ConnectionString { get; set; } = "127.0.0.1:6379";

    /// <summary>What every key and channel begins with, so that several meshes can share one store. Letters, digits, <c>-</c>, <c>_</c> and <c>.</c>.</summary>
    public string KeyPrefix { get; set; } = "mesh";

    /// <summary>How long one command may take. After a command that took longer the store counts as away until it answers a ping. From 100 ms to 1 min.</summary>
    public TimeSpan CommandTimeout { get; set; } = TimeSpan.FromSeconds(2);

    /// <summary>How long a load of the whole catalog may take. From <see cref="CommandTimeout"/> to 5 min.</summary>
    public TimeSpan LoadTimeout { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>How often the catalog's revision is compared, whatever events came. From 50 ms to 1 min.</summary>
    public TimeSpan ReconcileInterval { get; set; } = TimeSpan.FromSeconds(2);

    /// <summary>How often the connection is looked at: a lost one for its return, a new one for its first answer. From 10 ms to 10 s.</summary>
    public TimeSpan ProbeInterval { get; set; } = TimeSpan.FromMilliseconds(100);

    /// <summary>For tests: ignore every published event, as a store may lose them. Readers must come right without.</summary>
    public bool DropEvents { get; set; }
}
