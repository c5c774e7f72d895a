using System.Collections.Concurrent;
using ModelMesh.Contracts.Errors;
using ModelMesh.Registry.Leases;
using ModelMesh.Registry.Queue;
using ModelMesh.Registry.Tests.Replicas;
using ModelMesh.Testing.Store;
using Xunit;

namespace ModelMesh.Registry.Tests.Queue;

/// <summary>Who goes first, over two replicas of one store.</summary>
public sealed class QueueOrderTests
{
    [Theory, OnGarnet, OnRedis]
    public async Task Slot_BecomesFree_GoesToWhoCameFirstWhicheverReplicaItWaitsAt(StoreKind kind)
    {
        await using var mesh = await TwoReplicas.StartAsync(kind);
        var model = await mesh.One.Writer.RegisterAsync(QueueCaller.Define("fifo"));
        var held = await mesh.One.GetSlotAsync(model);
        List<Waiting> waiting = [];
        for (var i = 0; i < 6; i++)
        {
            waiting.Add(await mesh.Of(i).QueueUpAsync(model));
        }

        Assert.Equal(6, await mesh.Two.QueuedAsync(model));
        await AreServedInOrderAsync(held, waiting);
        Assert.Equal(0, await mesh.One.QueuedAsync(model));
    }

    [Theory, OnGarnet, OnRedis]
    public async Task Slot_BecomesFree_GoesToTheHighestPriorityAndAmongEqualsToWhoCameFirst(StoreKind kind)
    {
        await using var mesh = await TwoReplicas.StartAsync(kind);
        var model = await mesh.One.Writer.RegisterAsync(QueueCaller.Define("priorities"));
        var held = await mesh.One.GetSlotAsync(model);
        var low = await mesh.One.QueueUpAsync(model, priority: -100);
        var normal = await mesh.Two.QueueUpAsync(model);
        var high = await mesh.One.QueueUpAsync(model, priority: 100);
        var next = await mesh.Two.QueueUpAsync(model);

        await AreServedInOrderAsync(held, [high, normal, next, low]);
    }

    [Theory, OnGarnet, OnRedis]
    public async Task Newcomer_WhileAWaiterHasBeenWokenButHasNotAsked_DoesNotTakeItsSlot(StoreKind kind)
    {
        await using var mesh = await TwoReplicas.StartAsync(kind);
        var model = await mesh.One.Writer.RegisterAsync(QueueCaller.Define("woken"));
        var held = await mesh.One.GetSlotAsync(model);
        var slow = mesh.One.Queue.Open(model.Id, priority: 0);
        slow.Ask(model.MaxQueue);
        Assert.IsType<LeaseAnswer.Waiting>(await mesh.One.Leases.AcquireAsync(model.Id, model.Revision, slow));
        await held.DisposeAsync();
        await Eventually.HoldsAsync(() => slow.MayGo, "the waiter is woken");

        Assert.IsType<LeaseAnswer.AtCapacity>(await mesh.Two.Leases.AcquireAsync(model.Id, model.Revision));
        await using var granted = Assert.IsType<LeaseAnswer.Granted>(await mesh.One.Leases.AcquireAsync(model.Id, model.Revision, slow)).Lease;
        await mesh.One.Queue.CloseAsync(slow);
    }

    [Theory, OnGarnet, OnRedis]
    public async Task FullQueue_RefusesEqualsAndGivesTheLastPlaceOfTheLowestToAHigherPriority(StoreKind kind)
    {
        await using var mesh = await TwoReplicas.StartAsync(kind);
        var model = await mesh.One.Writer.RegisterAsync(QueueCaller.Define("bounded", maxQueue: 2));
        var held = await mesh.One.GetSlotAsync(model);
        var first = await mesh.One.QueueUpAsync(model);
        var last = await mesh.Two.QueueUpAsync(model);

        var refused = await Assert.ThrowsAsync<MeshException>(() => mesh.One.GetSlotAsync(model));
        Assert.Equal((ErrorCode.CapacityExceeded, TimeSpan.FromSeconds(7)), (refused.Code, refused.RetryAfter));
        Assert.Equal("Model 'bounded' version 'v1' is at its limit of 1 concurrent requests, and 2 more wait already.", refused.Message);
        var high = await mesh.One.QueueUpAsync(model, priority: 1);

        var evicted = await Assert.ThrowsAsync<MeshException>(() => last.Slot.WaitAsync(TimeSpan.FromSeconds(20)));
        Assert.Equal(ErrorCode.CapacityExceeded, evicted.Code);
        Assert.NotNull(evicted.RetryAfter);
        Assert.StartsWith("A request of a higher priority took this one's place in the full queue of model 'bounded' version 'v1', after ", evicted.Message, StringComparison.Ordinal);
        Assert.Equal(2, await mesh.One.QueuedAsync(model));
        await held.DisposeAsync();
        await (await high.Slot.WaitAsync(TimeSpan.FromSeconds(20))).DisposeAsync();
        await (await first.Slot.WaitAsync(TimeSpan.FromSeconds(20))).DisposeAsync();
    }

    [Theory, OnGarnet, OnRedis]
    public async Task HundredsOfCallersOnTwoReplicas_NeverMoreThanTheLimit_AllServedInOrderButForTheSlotsInHand(StoreKind kind)
    {
        const int limit = 7;
        await using var mesh = await TwoReplicas.StartAsync(kind);
        var model = await mesh.One.Writer.RegisterAsync(QueueCaller.Define("busy", limit));
        var (holding, most, worst) = (0, 0, 0);
        var waiting = new ConcurrentDictionary<QueueTicket, double>();

        async Task CallAsync(TestReplica replica)
        {
            QueueTicket? mine = null;
            await using var lease = await replica.GetSlotAsync(model, queued: ticket =>
            {
                mine = ticket;
                waiting[ticket] = double.Parse(ticket.Score!, System.Globalization.CultureInfo.InvariantCulture);
            });
            InterlockedMax(ref most, Interlocked.Increment(ref holding));
            if (mine is not null)
            {
                waiting.TryRemove(mine, out var score);
                InterlockedMax(ref worst, waiting.Values.Count(other => other < score));
            }

            await Task.Yield();
            Interlocked.Decrement(ref holding);
        }

        await Task.WhenAll(Enumerable.Range(0, 400).Select(i => Task.Run(() => CallAsync(mesh.Of(i))))).WaitAsync(TimeSpan.FromSeconds(60));

        Assert.InRange(most, 1, limit);
        Assert.Equal(0, await mesh.One.QueuedAsync(model));

        // Who came earlier and has not been seen served either holds a slot and has not heard yet, or was passed in the store while as many slots were free.
        Assert.InRange(worst, 0, 2 * limit);
    }

    [Theory, OnGarnet, OnRedis]
    public async Task TenThousandSlotsTakenAndGivenBackThroughAQueue_NoWakeUpIsLost(StoreKind kind)
    {
        // Nothing looks after the waiters within this test, and none expires: only a wake-up goes on.
        await using var mesh = await TwoReplicas.StartAsync(kind, ("Queue:Ttl", "00:01:00"));
        await mesh.One.StopLookingAsync();
        await mesh.Two.StopLookingAsync();
        var model = await mesh.One.Writer.RegisterAsync(QueueCaller.Define("wake", maxConcurrency: 3));
        var waited = 0;

        async Task CallAsync(TestReplica replica)
        {
            for (var round = 0; round < 250; round++)
            {
                await using var lease = await replica.GetSlotAsync(model, queued: _ => Interlocked.Increment(ref waited));
                await Task.Yield();
            }
        }

        await Task.WhenAll(Enumerable.Range(0, 40).Select(i => Task.Run(() => CallAsync(mesh.Of(i))))).WaitAsync(TimeSpan.FromSeconds(50));

        Assert.True(waited > 1000, $"only {waited} had to wait");
        Assert.Equal(0, await mesh.One.QueuedAsync(model));
    }

    private static async Task AreServedInOrderAsync(Lease held, IReadOnlyList<Waiting> order)
    {
        foreach (var (i, next) in order.Index())
        {
            await held.DisposeAsync();
            held = await next.Slot.WaitAsync(TimeSpan.FromSeconds(20));
            Assert.All(order.Skip(i + 1), later => Assert.False(later.Slot.IsCompleted, "only the first has a slot"));
        }

        await held.DisposeAsync();
    }

    private static void InterlockedMax(ref int most, int now)
    {
        for (var seen = Volatile.Read(ref most); now > seen; seen = Volatile.Read(ref most))
        {
            Interlocked.CompareExchange(ref most, now, seen);
        }
    }
}
