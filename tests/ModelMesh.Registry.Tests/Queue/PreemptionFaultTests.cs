using ModelMesh.Contracts.Catalog;
using ModelMesh.Registry.Leases;
using ModelMesh.Registry.Tests.Replicas;
using ModelMesh.Testing.Store;
using StackExchange.Redis;
using Xunit;

namespace ModelMesh.Registry.Tests.Queue;

/// <summary>What becomes of who has to make room when the word of it is lost, or its replica is.</summary>
public sealed class PreemptionFaultTests
{
    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(20);

    [Theory, OnGarnet, OnRedis]
    public async Task Message_ThatASlotIsToBeGivenUp_GotLost_TheRenewalFindsIt(StoreKind kind)
    {
        await using var replica = await TestReplica.StartAsync(await SharedStores.GetAsync(kind), TestReplica.NewPrefix());
        var model = await replica.Writer.RegisterAsync(QueueCaller.Define("lost-message"));
        var lease = await replica.GetSlotAsync(model, priority: -1);
        await MarkAsync(replica, model, lease);

        await replica.Leases.RenewAsync();

        await Eventually.HoldsAsync(() => lease.Preempted.IsCancellationRequested, "the renewal tells it");
        Assert.False(lease.Lost.IsCancellationRequested);
    }

    [Theory, OnGarnet, OnRedis]
    public async Task Message_ThatASlotIsToBeGivenUp_GotLost_TheFirstTokenFindsIt(StoreKind kind)
    {
        await using var replica = await TestReplica.StartAsync(await SharedStores.GetAsync(kind), TestReplica.NewPrefix(), ("Leases:Ttl", "00:05:00"));
        var model = await replica.Writer.RegisterAsync(QueueCaller.Define("late-message"));
        var lease = await replica.GetSlotAsync(model, priority: -1);
        await MarkAsync(replica, model, lease);

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => lease.KeepAsync(lease.Preempted).AsTask().WaitAsync(Soon));
    }

    [Theory, OnGarnet, OnRedis]
    public async Task Replica_OfWhoHasToMakeRoom_IsDead_TheSlotIsFreeWithinTheTtlAndOthersMakeRoomAfterwards(StoreKind kind)
    {
        var (server, prefix) = (await SharedStores.GetAsync(kind), TestReplica.NewPrefix());
        await using var alive = await TestReplica.StartAsync(server, prefix, ("Queue:Ttl", "00:00:01"));
        ModelVersion model;
        await using (var dead = await TestReplica.StartAsync(server, prefix, ("Leases:Ttl", "00:00:01")))
        {
            model = await alive.Writer.RegisterAsync(QueueCaller.Define("dead"));
            await Eventually.HoldsAsync(() => dead.Catalog.Current.Find(model.Id) is not null, "the other knows the model");
            await dead.GetSlotAsync(model, priority: -1);
        }

        var urgent = await alive.QueueUpAsync(model);
        await (await urgent.Slot.WaitAsync(Soon)).DisposeAsync();
        var next = await alive.GetSlotAsync(model, priority: -1);
        await alive.QueueUpAsync(model);
        await Eventually.HoldsAsync(() => next.Preempted.IsCancellationRequested, "the next one has to make room");
    }

    // As acquire.lua does, but without a word to anybody.
    private static Task<bool> MarkAsync(TestReplica replica, ModelVersion model, Lease lease) => replica.Store.RunAsync(async database =>
    {
        var place = await database.SortedSetScoreAsync(replica.Store.Keys.Early(model.Id), (RedisValue)lease.Id);
        await database.SortedSetAddAsync(replica.Store.Keys.Early(model.Id), (RedisValue)lease.Id, -place!.Value);
        return true;
    });
}
