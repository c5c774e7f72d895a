using System.Collections.Concurrent;
using ModelMesh.Contracts.Catalog;
using ModelMesh.Registry.Leases;
using ModelMesh.Registry.Queue;
using ModelMesh.Registry.Tests.Replicas;
using ModelMesh.Testing.Store;
using Xunit;

namespace ModelMesh.Registry.Tests.Queue;

/// <summary>Who has to make room, over two replicas of one store.</summary>
public sealed class PreemptionTests
{
    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(20);

    [Theory, OnGarnet, OnRedis]
    public async Task FullModel_SomebodyOfPriorityZeroOrAboveComes_TheLastOfTheLowestBelowZeroMakesRoom(StoreKind kind)
    {
        await using var mesh = await TwoReplicas.StartAsync(kind);
        var model = await mesh.One.Writer.RegisterAsync(QueueCaller.Define("victims", maxConcurrency: 4));
        var high = await mesh.One.GetSlotAsync(model, priority: -1);
        var first = await mesh.Two.GetSlotAsync(model, priority: -50);
        var last = await mesh.One.GetSlotAsync(model, priority: -50);
        await using var normal = await mesh.Two.GetSlotAsync(model);
        List<Lease> order = [last, first, high];

        var background = await mesh.One.QueueUpAsync(model, priority: -1);
        for (var i = 0; i < order.Count; i++)
        {
            Assert.All(order[i..], lease => Assert.False(lease.Preempted.IsCancellationRequested, "it has to make room too early"));
            await mesh.Two.QueueUpAsync(model, priority: 50 * i);
            await Eventually.HoldsAsync(() => order[i].Preempted.IsCancellationRequested, "it has to make room");
        }

        var behind = await mesh.One.QueueUpAsync(model);
        Assert.False(normal.Preempted.CanBeCanceled, "who has priority 0 never makes room");
        Assert.Equal(5, await mesh.One.QueuedAsync(model));
        Assert.Equal([4], await mesh.One.Counts.CountAsync([model.Id]));
        Assert.False(background.Slot.IsCompleted || behind.Slot.IsCompleted);
    }

    [Theory, OnGarnet, OnRedis]
    public async Task Slot_OfWhoMakesRoom_IsItsOwnUntilItHasLeft(StoreKind kind)
    {
        await using var mesh = await TwoReplicas.StartAsync(kind);
        var model = await mesh.One.Writer.RegisterAsync(QueueCaller.Define("leaving"));
        var victim = await mesh.One.GetSlotAsync(model, priority: -1);
        var urgent = await mesh.Two.QueueUpAsync(model);
        await Eventually.HoldsAsync(() => victim.Preempted.IsCancellationRequested, "it has to make room");
        Assert.False(urgent.Slot.IsCompleted, "the slot is not free");
        Assert.Equal([1], await mesh.One.Counts.CountAsync([model.Id]));

        await victim.DisposeAsync();

        await using var slot = await urgent.Slot.WaitAsync(Soon);
        Assert.False(victim.Lost.IsCancellationRequested, "a slot that is given up is not lost");
        Assert.Equal(0, await EarlyAsync(mesh.One, model));
        Assert.False(await mesh.One.Store.RunAsync(database => database.HashExistsAsync(mesh.One.Store.Keys.QueuePace(model.Id), "interval")), "it says nothing of how fast slots become free");
    }

    [Theory, OnGarnet, OnRedis]
    public async Task Waiter_ASlotIsBeingLeftForItAlready_NobodyElseMakesRoomForItHoweverOftenItAsks(StoreKind kind)
    {
        await using var mesh = await TwoReplicas.StartAsync(kind);
        var model = await mesh.One.Writer.RegisterAsync(QueueCaller.Define("one-each", maxConcurrency: 2));
        var (spared, victim) = (await mesh.One.GetSlotAsync(model, priority: -1), await mesh.Two.GetSlotAsync(model, priority: -1));
        var urgent = mesh.One.Queue.Open(model.Id, priority: 0);
        for (var i = 0; i < 3; i++)
        {
            urgent.Ask(model.MaxQueue);
            Assert.IsType<LeaseAnswer.Waiting>(await mesh.One.Leases.AcquireAsync(model.Id, model.Revision, urgent));
        }

        await Eventually.HoldsAsync(() => victim.Preempted.IsCancellationRequested, "it has to make room");
        await spared.KeepAsync(spared.Preempted);
        await mesh.One.Queue.CloseAsync(urgent);
    }

    [Theory, OnGarnet, OnRedis]
    public async Task Slot_KeptForAFirstToken_IsNeverGivenUp(StoreKind kind)
    {
        await using var mesh = await TwoReplicas.StartAsync(kind);
        var model = await mesh.One.Writer.RegisterAsync(QueueCaller.Define("kept", maxConcurrency: 2));
        var kept = await mesh.One.GetSlotAsync(model, priority: -100);
        var other = await mesh.One.GetSlotAsync(model, priority: -1);
        await kept.KeepAsync(kept.Preempted);
        var (one, two) = (await mesh.Two.QueueUpAsync(model), await mesh.Two.QueueUpAsync(model));

        await Eventually.HoldsAsync(() => other.Preempted.IsCancellationRequested, "the other has to make room");
        mesh.One.Leases.Preempt(kept.Id);
        await other.DisposeAsync();

        await using var slot = await one.Slot.WaitAsync(Soon);
        Assert.False(kept.Preempted.IsCancellationRequested);
        Assert.False(two.Slot.IsCompleted);
        await kept.DisposeAsync();
        await (await two.Slot.WaitAsync(Soon)).DisposeAsync();
    }

    [Theory, OnGarnet, OnRedis]
    public async Task FirstToken_AtTheMomentSomebodyUrgentComes_EitherGoesOutOrTheSlotIsGivenUp(StoreKind kind)
    {
        await using var mesh = await TwoReplicas.StartAsync(kind);
        var model = await mesh.One.Writer.RegisterAsync(QueueCaller.Define("race"));
        var (kept, preempted) = (0, 0);
        for (var round = 0; round < 150; round++)
        {
            var lease = await mesh.Of(round).GetSlotAsync(model, priority: -1);
            if (round % 10 == 0)
            {
                await lease.KeepAsync(lease.Preempted);
            }

            var urgent = Task.Run(() => mesh.Of(round / 2).GetSlotAsync(model));
            try
            {
                if (round % 10 == 9)
                {
                    await Eventually.HoldsAsync(async () => await mesh.One.QueuedAsync(model) == 1, Soon, "the urgent one waits");
                }

                for (var spin = round % 10; spin > 0; spin--)
                {
                    await mesh.One.QueuedAsync(model);
                }

                await lease.KeepAsync(lease.Preempted);
                kept++;

                // It is the only one, so somebody that is told to make room now would be it.
                await Eventually.HoldsAsync(async () => await mesh.One.QueuedAsync(model) == 1, Soon, "the urgent one waits");
                Assert.False(lease.Preempted.IsCancellationRequested, "its first token went out");
                Assert.Equal(0, await EarlyAsync(mesh.One, model));
                Assert.False(urgent.IsCompleted);
            }
            catch (OperationCanceledException) when (lease.Preempted.IsCancellationRequested)
            {
                preempted++;
            }

            await lease.DisposeAsync();
            await (await urgent.WaitAsync(Soon)).DisposeAsync();
        }

        Assert.True(kept >= 15 && preempted >= 15, $"{kept} kept their slots, {preempted} gave them up");
    }

    [Theory, OnGarnet, OnRedis]
    public async Task WhoMadeRoom_GoesBackToItsPlace_AlsoWhereTheQueueIsFull(StoreKind kind)
    {
        await using var mesh = await TwoReplicas.StartAsync(kind);
        var model = await mesh.One.Writer.RegisterAsync(QueueCaller.Define("back", maxQueue: 3));
        var victim = await mesh.One.GetSlotAsync(model, priority: -1);
        var later = await mesh.Two.QueueUpAsync(model, priority: -1);
        await mesh.Two.QueueUpAsync(model, priority: -100);
        var urgent = await mesh.One.QueueUpAsync(model);
        await Eventually.HoldsAsync(() => victim.Preempted.IsCancellationRequested, "it has to make room");

        await victim.DisposeAsync();
        Waiting back;
        await using (await urgent.Slot.WaitAsync(Soon))
        {
            await mesh.Two.QueueUpAsync(model, priority: -1);
            back = await mesh.One.QueueUpAsync(model, new QueueTerms(MayWait: true, -1).Preemptible().BackTo(victim.Place!));

            Assert.Equal((1, 4), (back.Ticket!.Position!.Position, await mesh.One.QueuedAsync(model)));
        }

        var again = await back.Slot.WaitAsync(Soon);
        Assert.False(later.Slot.IsCompleted, "it is served before who came later");
        await again.DisposeAsync();
        await (await later.Slot.WaitAsync(Soon)).DisposeAsync();
    }

    [Fact]
    public void Request_PreemptedThreeTimes_KeepsItsSlotFromThenOn()
    {
        var terms = new QueueTerms(MayWait: true, -1).Preemptible();

        Assert.Equal([true, true, true, false], [terms.CanBePreempted, terms.BackTo("1").CanBePreempted, terms.BackTo("1").BackTo("1").CanBePreempted, terms.BackTo("1").BackTo("1").BackTo("1").CanBePreempted]);
    }

    [Theory, OnGarnet, OnRedis]
    public async Task UrgentAndBackgroundCallersOnTwoReplicas_NeverMoreThanTheLimit_AllAreServedAndNoneAfterItsFirstTokenTwice(StoreKind kind)
    {
        const int limit = 5;
        await using var mesh = await TwoReplicas.StartAsync(kind);
        var model = await mesh.One.Writer.RegisterAsync(QueueCaller.Define("mixed", limit));
        var early = await Task.WhenAll(Enumerable.Range(0, limit).Select(i => mesh.Of(i).GetSlotAsync(model, priority: -1)));
        var (holding, most) = (limit, 0);
        var served = new ConcurrentBag<int>();

        async Task CallAsync(TestReplica replica, int caller)
        {
            var terms = new QueueTerms(MayWait: true, caller % 3 == 0 ? 0 : -1).Preemptible();
            while (true)
            {
                await using var lease = await replica.GetSlotAsync(model, terms);
                InterlockedMax(ref most, Interlocked.Increment(ref holding));
                try
                {
                    for (var work = 0; work < 3; work++)
                    {
                        await replica.QueuedAsync(model);
                    }

                    await lease.KeepAsync(lease.Preempted);
                    served.Add(caller);
                    return;
                }
                catch (OperationCanceledException) when (lease.Preempted.IsCancellationRequested)
                {
                    terms = terms.BackTo(lease.Place!);
                }
                finally
                {
                    Interlocked.Decrement(ref holding);
                }
            }
        }

        var calls = Enumerable.Range(0, 240).Select(i => Task.Run(() => CallAsync(mesh.Of(i), i))).ToList();
        await Eventually.HoldsAsync(() => early.All(lease => lease.Preempted.IsCancellationRequested), "who was there before makes room");
        foreach (var lease in early)
        {
            Interlocked.Decrement(ref holding);
            await lease.DisposeAsync();
        }

        await Task.WhenAll(calls).WaitAsync(TimeSpan.FromSeconds(60));

        Assert.InRange(most, 1, limit);
        Assert.Equal(Enumerable.Range(0, 240), served.Order());
        Assert.Equal((0, 0), (await mesh.One.QueuedAsync(model), (await mesh.One.Counts.CountAsync([model.Id]))[0]));
    }

    private static Task<long> EarlyAsync(TestReplica replica, ModelVersion model) =>
        replica.Store.RunAsync(database => database.SortedSetLengthAsync(replica.Store.Keys.Early(model.Id)));

    private static void InterlockedMax(ref int most, int now)
    {
        for (var seen = Volatile.Read(ref most); now > seen; seen = Volatile.Read(ref most))
        {
            Interlocked.CompareExchange(ref most, now, seen);
        }
    }
}
