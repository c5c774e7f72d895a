using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using ModelMesh.Registry.Catalog;
using ModelMesh.Registry.Tests.Replicas;
using ModelMesh.ServiceDefaults.Store;
using ModelMesh.Testing.Store;
using Xunit;

namespace ModelMesh.Registry.Tests.Inference;

public sealed class ClosedGateTests
{
    [Theory, OnGarnet, OnRedis]
    public async Task Restore_TheGateWasSeenOpenBeforeADeletionStopped_TheDeletionIsFinishedAtOnce(StoreKind kind)
    {
        await using var replica = await TestReplica.StartAsync(await SharedStores.GetAsync(kind), TestReplica.NewPrefix());
        await replica.Get<GateReconciler>().StopAsync(CancellationToken.None);
        var model = await replica.RegisterAsync("half");
        var seldom = Options.Create(new StoreOptions { ReconcileInterval = TimeSpan.FromHours(1) });
        using var reconciler = new GateReconciler(
            replica.Catalog, replica.Gates, replica.Writer, replica.Store, seldom, TimeProvider.System, NullLogger<GateReconciler>.Instance);
        await reconciler.PassAsync(CancellationToken.None);
        Assert.True(await replica.Gates.RestoreAsync(model, CancellationToken.None), "an open gate");
        Assert.IsType<GateClosing.Closed>(await replica.Gates.CloseIfIdleAsync(model));
        await reconciler.PassAsync(CancellationToken.None);
        Assert.NotNull((await replica.Catalog.RefreshAsync(CancellationToken.None)).Find(model.Id));

        await reconciler.StartAsync(CancellationToken.None);
        Assert.False(await replica.Gates.RestoreAsync(model, CancellationToken.None), "a gate closed for good");
        await Eventually.HoldsAsync(
            async () => (await replica.Catalog.RefreshAsync(CancellationToken.None)).Find(model.Id) is null, TimeSpan.FromSeconds(3), "the model is gone");
        await reconciler.StopAsync(CancellationToken.None);
    }
}
