using ModelMesh.Registry.Tests.Replicas;
using ModelMesh.Testing.Store;
using Xunit;

namespace ModelMesh.Registry.Tests.Ui;

/// <summary>One replica whose pages are asked for.</summary>
public sealed class UiFixture : IAsyncLifetime
{
    internal TestReplica Replica { get; private set; } = null!;

    public async Task InitializeAsync() => Replica = await TestReplica.StartAsync(await SharedStores.GetAsync(StoreKind.Garnet), TestReplica.NewPrefix());

    public async Task DisposeAsync() => await Replica.DisposeAsync();
}
