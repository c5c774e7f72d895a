namespace ModelMesh.AppHost.Stores;

/// <summary>What the machine offers as a store, gathered before anything is decided.</summary>
/// <param name="Asked">The kind that section <c>Store</c>, key <c>Kind</c> asks for.</param>
/// <param name="HasConnectionString">Whether a connection string <c>redis</c> is configured.</param>
/// <param name="FeedIsFull">Whether this AppHost is built against Aspire, which can start containers.</param>
/// <param name="ContainerRuntimeAnswers">A runtime that is installed and does not answer would leave the mesh waiting for ever.</param>
/// <param name="Server">The first of redis-server and valkey-server on PATH.</param>
internal sealed record StoreFacts(StoreKind? Asked, bool HasConnectionString, bool FeedIsFull, bool ContainerRuntimeAnswers, string? Server);

internal enum StoreKind
{
    Given,
    Container,
    Server,
    Garnet,
}

internal static class StoreChoice
{
    /// <summary>
    /// 0. one kind is asked for: that one;
    /// 1. a connection string is given: that store;
    /// 2. containers can be run: Redis in one;
    /// 3. a Redis or Valkey server is installed: that program;
    /// 4. else Garnet, which comes as a .NET tool.
    /// </summary>
    public static StoreKind Decide(StoreFacts facts) => facts switch
    {
        { Asked: { } asked } => asked, // 0.
        { HasConnectionString: true } => StoreKind.Given, // 1.
        { FeedIsFull: true, ContainerRuntimeAnswers: true } => StoreKind.Container, // 2.
        { Server: not null } => StoreKind.Server, // 3.
        _ => StoreKind.Garnet, // 4.
    };
}
