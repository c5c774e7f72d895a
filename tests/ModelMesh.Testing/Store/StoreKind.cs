namespace ModelMesh.Testing.Store;

/// <summary>The servers that the store's suite runs on.</summary>
public enum StoreKind
{
    /// <summary>Microsoft's Garnet, from the tool manifest: what a machine without Redis gets.</summary>
    Garnet,

    /// <summary>redis-server or valkey-server, where one is on PATH.</summary>
    Redis,
}
