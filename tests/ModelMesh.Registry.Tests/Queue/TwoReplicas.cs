using ModelMesh.Registry.Tests.Replicas;
using ModelMesh.Testing.Store;

namespace ModelMesh.Registry.Tests.Queue;

/// <summary>Two replicas of one mesh.</summary>
internal sealed class TwoReplicas(TestReplica one, TestReplica two) : IAsyncDisposable
{
    public TestReplica One => one;

    public TestReplica Two => two;

    public static async Task<TwoReplicas> StartAsync(StoreKind kind, params (string Key, string Value)[] settings)
    {
        var (server, prefix) = (await SharedStores.GetAsync(kind), TestReplica.NewPrefix());
        return new TwoReplicas(await TestReplica.StartAsync(server, prefix, settings), await TestReplica.StartAsync(server, prefix, settings));
    }

    public TestReplica Of(int caller) => caller % 2 == 0 ? one : two;

    public async ValueTask DisposeAsync()
    {
        await one.DisposeAsync();
        await two.DisposeAsync();
    }
}
