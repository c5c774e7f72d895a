using ModelMesh.Contracts.Errors;
using ModelMesh.Registry.Catalog;
using ModelMesh.Registry.Leases;
using ModelMesh.Registry.Queue;
using ModelMesh.Registry.Tests.Replicas;
using ModelMesh.Testing.Store;
using Xunit;

namespace ModelMesh.Registry.Tests.Queue;

/// <summary>How a wait ends without a slot, and what that leaves to those behind.</summary>
public sealed class QueueEndTests
{
    [Theory, OnGarnet, OnRedis]
    public async Task Caller_WaitedAsLongAsItMay_IsToldSoWithItsPlaceAndHasNoneAnyMore(StoreKind kind)
    {
        await using var replica = await TestReplica.StartAsync(await SharedStores.GetAsync(kind), TestReplica.NewPrefix());
        var model = await replica.Writer.RegisterAsync(QueueCaller.Define("slow", timeoutMs: 100));
        await using var held = await replica.GetSlotAsync(model);

        var refused = await Assert.ThrowsAsync<MeshException>(() => replica.GetSlotAsync(model));

        Assert.Equal((ErrorCode.CapacityExceeded, TimeSpan.FromSeconds(7)), (refused.Code, refused.RetryAfter));
        Assert.Matches("^Model 'slow' version 'v1' had no free slot within [0-9]{3,} ms; the request was at place 1 of its queue\\.$", refused.Message);
        Assert.Equal((0, 0), (await replica.QueuedAsync(model), replica.Queue.Count));
    }

    [Theory, OnGarnet, OnRedis]
    public async Task Caller_Goes_ItsPlaceIsGoneAndTheNextOneIsServed(StoreKind kind)
    {
        await using var mesh = await TwoReplicas.StartAsync(kind, ("Queue:Ttl", "00:01:00"));
        var model = await mesh.One.Writer.RegisterAsync(QueueCaller.Define("left"));
        var held = await mesh.One.GetSlotAsync(model);
        var goes = await mesh.One.QueueUpAsync(model);
        var stays = await mesh.Two.QueueUpAsync(model);

        await goes.Gone.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => goes.Slot);

        Assert.False(await mesh.One.HasPlaceAsync(model, goes.Ticket!));
        await held.DisposeAsync();
        await (await stays.Slot.WaitAsync(TimeSpan.FromSeconds(20))).DisposeAsync();
    }

    [Theory, OnGarnet, OnRedis]
    public async Task Caller_GoesAfterItWasWoken_TheNextOneIsWokenInItsPlace(StoreKind kind)
    {
        await using var mesh = await TwoReplicas.StartAsync(kind, ("Queue:Ttl", "00:01:00"));
        await mesh.Two.StopLookingAsync();
        var model = await mesh.One.Writer.RegisterAsync(QueueCaller.Define("handed-on"));
        var held = await mesh.One.GetSlotAsync(model);
        var woken = mesh.One.Queue.Open(model.Id, priority: 0);
        woken.Ask(model.MaxQueue);
        Assert.IsType<LeaseAnswer.Waiting>(await mesh.One.Leases.AcquireAsync(model.Id, model.Revision, woken));
        var next = await mesh.Two.QueueUpAsync(model);
        await held.DisposeAsync();
        await Eventually.HoldsAsync(() => woken.MayGo, "the first is woken");
        Assert.False(next.Slot.IsCompleted);

        await mesh.One.Queue.CloseAsync(woken);

        await (await next.Slot.WaitAsync(TimeSpan.FromSeconds(20))).DisposeAsync();
    }

    [Theory, OnGarnet, OnRedis]
    public async Task Replica_Crashes_ItsWaitersPlacesAreFreeWithinTheTtl(StoreKind kind)
    {
        await using var mesh = await TwoReplicas.StartAsync(kind, ("Queue:Ttl", "00:00:01"));
        var model = await mesh.One.Writer.RegisterAsync(QueueCaller.Define("crash"));
        var held = await mesh.Two.GetSlotAsync(model);

        // Nobody vouches for it, as after a crash.
        await mesh.One.StopLookingAsync();
        var dead = mesh.One.Queue.Open(model.Id, priority: 0);
        dead.Ask(model.MaxQueue);
        Assert.IsType<LeaseAnswer.Waiting>(await mesh.One.Leases.AcquireAsync(model.Id, model.Revision, dead));
        var alive = await mesh.Two.QueueUpAsync(model);
        Assert.Equal(2, alive.Ticket!.Position!.Position);
        await held.DisposeAsync();

        await (await alive.Slot.WaitAsync(TimeSpan.FromSeconds(20))).DisposeAsync();
        Assert.Equal(0, await mesh.Two.QueuedAsync(model));
    }

    [Theory, OnGarnet, OnRedis]
    public async Task Waiter_OfALivingReplica_KeepsItsPlaceForLongerThanTheTtl(StoreKind kind)
    {
        var ttl = TimeSpan.FromSeconds(1);
        await using var replica = await TestReplica.StartAsync(await SharedStores.GetAsync(kind), TestReplica.NewPrefix(), ("Queue:Ttl", ttl.ToString()));
        var model = await replica.Writer.RegisterAsync(QueueCaller.Define("patient"));
        var held = await replica.GetSlotAsync(model);
        var waiting = await replica.QueueUpAsync(model);
        var since = System.Diagnostics.Stopwatch.StartNew();

        await Eventually.HoldsAsync(() => since.Elapsed > 2.1 * ttl, "more than two times to live");

        Assert.True(await replica.HasPlaceAsync(model, waiting.Ticket!));
        await held.DisposeAsync();
        await (await waiting.Slot.WaitAsync(TimeSpan.FromSeconds(20))).DisposeAsync();
    }

    [Theory, OnGarnet, OnRedis]
    public async Task Store_LostTheQueue_WaitersGetTheirPlacesBackInTheirOrder(StoreKind kind)
    {
        await using var mesh = await TwoReplicas.StartAsync(kind, ("Queue:Ttl", "00:00:01"));
        var model = await mesh.One.Writer.RegisterAsync(QueueCaller.Define("amnesia"));
        var held = await mesh.One.GetSlotAsync(model);
        var first = await mesh.One.QueueUpAsync(model);
        var second = await mesh.Two.QueueUpAsync(model);

        var keys = mesh.One.Store.Keys;
        await mesh.One.Store.RunAsync(database => database.KeyDeleteAsync([keys.Queue(model.Id), keys.Waiting(model.Id), keys.QueuePace(model.Id)]));
        await Eventually.HoldsAsync(async () => await mesh.One.QueuedAsync(model) == 2, TimeSpan.FromSeconds(20), "both wait again");
        var third = await mesh.One.QueueUpAsync(model);

        foreach (var next in new[] { first, second, third })
        {
            await held.DisposeAsync();
            held = await next.Slot.WaitAsync(TimeSpan.FromSeconds(20));
        }

        await held.DisposeAsync();
    }

    [Theory, OnGarnet, OnRedis]
    public async Task Gate_OfAModelThatSomebodyWaitsFor_IsNotClosedAsIdle(StoreKind kind)
    {
        await using var replica = await TestReplica.StartAsync(await SharedStores.GetAsync(kind), TestReplica.NewPrefix());
        var model = await replica.Writer.RegisterAsync(QueueCaller.Define("wanted"));
        var held = await replica.GetSlotAsync(model);
        var ticket = replica.Queue.Open(model.Id, priority: 0);
        ticket.Ask(model.MaxQueue);
        Assert.IsType<LeaseAnswer.Waiting>(await replica.Leases.AcquireAsync(model.Id, model.Revision, ticket));
        Assert.Contains("has 1 active stream and 1 waiting; delete it", await RefusalAsync(), StringComparison.Ordinal);
        await held.DisposeAsync();

        Assert.Contains("has 1 waiting request; delete it", await RefusalAsync(), StringComparison.Ordinal);
        Assert.Equal(new GateClosing.Active(0, 1), await replica.Gates.CloseIfIdleAsync(model));
        await replica.Queue.CloseAsync(ticket);
        Assert.IsType<GateClosing.Closed>(await replica.Gates.CloseIfIdleAsync(model));

        async Task<string> RefusalAsync() =>
            (await Assert.ThrowsAsync<MeshException>(() => replica.Writer.DeleteAsync(model.Id, expectedRevision: null, CancellationToken.None))).Message;
    }

    [Theory, OnGarnet, OnRedis]
    public async Task Slots_BecomeFreeWhileSomebodyWaits_TheExpectedWaitFollowsFromHowFast(StoreKind kind)
    {
        await using var replica = await TestReplica.StartAsync(await SharedStores.GetAsync(kind), TestReplica.NewPrefix());
        var model = await replica.Writer.RegisterAsync(QueueCaller.Define("pace", maxQueue: 3));
        var held = await replica.GetSlotAsync(model);
        var first = await replica.QueueUpAsync(model);
        Assert.Equal(new QueuePosition(1, ExpectedWait: null), first.Ticket!.Position);
        await held.DisposeAsync();
        held = await first.Slot;
        var waiting = new List<Waiting>();
        for (var i = 0; i < 3; i++)
        {
            waiting.Add(await replica.QueueUpAsync(model));
        }

        var each = waiting[0].Ticket!.Position!.ExpectedWait!.Value;
        Assert.True(each > TimeSpan.Zero);
        Assert.Equal(new QueuePosition(3, 3 * each), waiting[2].Ticket!.Position);
        Assert.Equal(4 * each, (await Assert.ThrowsAsync<MeshException>(() => replica.GetSlotAsync(model))).RetryAfter);
        waiting.ForEach(waiter => waiter.Gone.Cancel());
        await held.DisposeAsync();
    }
}
