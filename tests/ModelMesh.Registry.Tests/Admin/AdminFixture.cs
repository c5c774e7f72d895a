using ModelMesh.Registry.Tests.Replicas;
using ModelMesh.Testing.Store;
using Xunit;

namespace ModelMesh.Registry.Tests.Admin;

/// <summary>Two replicas over one store, for tests that need no store of their own.</summary>
public sealed class AdminFixture : IAsyncLifetime
{
    internal TestReplica One { get; private set; } = null!;

    internal TestReplica Two { get; private set; } = null!;

    public async Task InitializeAsync()
    {
        var (server, prefix) = (await SharedStores.GetAsync(StoreKind.Garnet), TestReplica.NewPrefix());
        One = await TestReplica.StartAsync(server, prefix, ("Store:ReconcileInterval", "00:00:00.2"));
        Two = await TestReplica.StartAsync(server, prefix, ("Store:ReconcileInterval", "00:00:00.2"));
    }

    public async Task DisposeAsync()
    {
        await One.DisposeAsync();
        await Two.DisposeAsync();
    }
}
