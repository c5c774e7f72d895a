using ModelMesh.Registry.Catalog;
using ModelMesh.Registry.Leases;
using ModelMesh.Registry.Tests.Replicas;
using ModelMesh.Testing.Store;
using Xunit;

namespace ModelMesh.Registry.Tests.Catalog;

/// <summary>What a replica leaves that dies between catalog and gate, and how the others finish it.</summary>
public sealed class HalfWayCrashTests
{
    private static readonly (string, string) Often = ("Store:ReconcileInterval", "00:00:00.1");
    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(3);

    [Theory, OnGarnet, OnRedis]
    public async Task Registration_WithoutItsGate_GetsIt(StoreKind kind)
    {
        await using var replica = await TestReplica.StartAsync(await SharedStores.GetAsync(kind), TestReplica.NewPrefix(), Often);
        var model = (await replica.Scripts.RegisterAsync(TestReplica.Define("half", maxConcurrency: 1))).Model!;

        LeaseAnswer? answer = null;
        await Eventually.HoldsAsync(async () => (answer = await replica.Leases.AcquireAsync(model.Id, model.Revision)) is not LeaseAnswer.NoGate, Soon, "there is a gate");

        await Assert.IsType<LeaseAnswer.Granted>(answer).Lease.DisposeAsync();
    }

    [Theory, OnGarnet, OnRedis]
    public async Task Update_WithoutItsGate_ReachesIt(StoreKind kind)
    {
        await using var replica = await TestReplica.StartAsync(await SharedStores.GetAsync(kind), TestReplica.NewPrefix(), Often);
        var model = await replica.RegisterAsync("half", maxConcurrency: 1);
        var updated = (await replica.Scripts.UpdateAsync(TestReplica.Define("half", maxConcurrency: 2), expectedRevision: null)).Model!;

        await Eventually.HoldsAsync(
            async () =>
            {
                var answer = await replica.Leases.AcquireAsync(model.Id, model.Revision);
                await ReleaseAsync(answer);
                return answer == new LeaseAnswer.Stale(updated.Revision);
            },
            Soon,
            "the gate has the newer revision");
    }

    [Theory, OnGarnet, OnRedis]
    public async Task Deletion_ThatStoppedAfterTheGate_IsFinished(StoreKind kind)
    {
        await using var replica = await TestReplica.StartAsync(await SharedStores.GetAsync(kind), TestReplica.NewPrefix(), Often);
        var model = await replica.RegisterAsync("half");
        Assert.IsType<GateClosing.Closed>(await replica.Gates.CloseIfIdleAsync(model));

        // The gate was seen open a moment ago; that it is closed shows at the next reconnect or after a minute, which this stands for.
        await replica.Get<GateReconciler>().StopAsync(CancellationToken.None);
        using var fresh = Reconciler(replica);
        await fresh.PassAsync(CancellationToken.None);

        Assert.Null((await replica.Catalog.RefreshAsync(CancellationToken.None)).Find(model.Id));
    }

    [Theory, OnGarnet, OnRedis]
    public async Task Drain_ThatStoppedAfterTheCatalog_IsFinishedByAnotherReplica(StoreKind kind)
    {
        var (server, prefix) = (await SharedStores.GetAsync(kind), TestReplica.NewPrefix());
        await using var one = await TestReplica.StartAsync(server, prefix, Often);
        await using var two = await TestReplica.StartAsync(server, prefix, Often);
        var model = await one.RegisterAsync("half", maxConcurrency: 2);
        var held = Assert.IsType<LeaseAnswer.Granted>(await two.Leases.AcquireAsync(model.Id, model.Revision)).Lease;
        var draining = (await one.Scripts.DrainAsync(model.Id, expectedRevision: null)).Model!;
        await one.DisposeAsync();

        await Eventually.HoldsAsync(
            async () =>
            {
                var answer = await two.Leases.AcquireAsync(model.Id, draining.Revision);
                await ReleaseAsync(answer);
                return answer is LeaseAnswer.Closed;
            },
            Soon,
            "nothing new is admitted");
        Assert.NotNull((await two.Catalog.RefreshAsync(CancellationToken.None)).Find(model.Id));
        await held.DisposeAsync();
        await Eventually.HoldsAsync(() => two.Catalog.Current.Find(model.Id) is null, Soon, "the idle model is gone");
    }

    [Fact]
    public async Task Gate_OfADeletedModel_IsNotOpenedByAReplicaThatHasNotHeard()
    {
        await using var replica = await TestReplica.StartAsync(await SharedStores.GetAsync(StoreKind.Garnet), TestReplica.NewPrefix());
        var model = await replica.RegisterAsync("gone");
        await replica.Writer.DeleteAsync(model.Id, expectedRevision: null, CancellationToken.None);

        await replica.Gates.RestoreAsync(model, CancellationToken.None);

        Assert.IsType<LeaseAnswer.Closed>(await replica.Leases.AcquireAsync(model.Id, model.Revision));
    }

    [Theory, OnGarnet, OnRedis]
    public async Task Delete_AgainstUpdateAndAcquire_NeverLeavesAModelThatCannotBeUsed(StoreKind kind)
    {
        var (server, prefix) = (await SharedStores.GetAsync(kind), TestReplica.NewPrefix());
        await using var one = await TestReplica.StartAsync(server, prefix);
        await using var two = await TestReplica.StartAsync(server, prefix);
        for (var round = 0; round < 30; round++)
        {
            var model = await one.RegisterAsync($"fight{round}");
            await Task.WhenAll(
                TryAsync(() => one.Writer.DeleteAsync(model.Id, expectedRevision: null, CancellationToken.None)),
                TryAsync(() => two.Writer.UpdateAsync(model, expectedRevision: null)),
                TryAsync(() => two.Writer.UpdateAsync(model, expectedRevision: null)));

            var left = (await one.Catalog.RefreshAsync(CancellationToken.None)).Find(model.Id);
            var answer = await one.Leases.AcquireAsync(model.Id, left?.Revision ?? long.MaxValue);
            await ReleaseAsync(answer);
            Assert.Equal(left is null, answer is LeaseAnswer.Closed);
        }
    }

    /// <summary>One that has seen nothing yet.</summary>
    internal static GateReconciler Reconciler(TestReplica replica) => new(
        replica.Catalog, replica.Gates, replica.Writer, replica.Store, replica.Get<Microsoft.Extensions.Options.IOptions<ServiceDefaults.Store.StoreOptions>>(),
        TimeProvider.System, Microsoft.Extensions.Logging.Abstractions.NullLogger<GateReconciler>.Instance);

    private static async Task TryAsync(Func<Task> change)
    {
        try
        {
            await change();
        }
        catch (Contracts.Errors.MeshException exception) when (exception.Code != Contracts.Errors.ErrorCode.Internal)
        {
            // One of them loses; the outcome is what counts.
        }
    }

    private static async Task ReleaseAsync(LeaseAnswer answer)
    {
        if (answer is LeaseAnswer.Granted granted)
        {
            await granted.Lease.DisposeAsync();
        }
    }
}
