using System.Diagnostics;
using ModelMesh.Contracts.Catalog;
using ModelMesh.Registry.Leases;
using ModelMesh.Registry.Queue;
using ModelMesh.Registry.Tests.Replicas;
using ModelMesh.Testing.Store;
using Xunit;

namespace ModelMesh.Registry.Tests.Leases;

public sealed class LeaseTests
{
    private static readonly (string, string) ShortTtl = ("Leases:Ttl", "00:00:01");

    [Theory, OnGarnet, OnRedis]
    public async Task Acquire_HundredsOfCallersOnTwoReplicas_NeverMoreThanTheLimitAtOnce(StoreKind kind)
    {
        var (server, prefix) = (await SharedStores.GetAsync(kind), TestReplica.NewPrefix());
        await using var one = await TestReplica.StartAsync(server, prefix);
        await using var two = await TestReplica.StartAsync(server, prefix);
        var model = await one.RegisterAsync("busy", maxConcurrency: 7);
        var (holding, most, granted, refused) = (0, 0, 0, 0);

        async Task CallAsync(LeaseManager leases, int rounds)
        {
            for (var round = 0; round < rounds; round++)
            {
                if (await leases.AcquireAsync(model.Id, model.Revision) is not LeaseAnswer.Granted { Lease: var lease })
                {
                    Interlocked.Increment(ref refused);
                    continue;
                }

                var now = Interlocked.Increment(ref holding);
                InterlockedMax(ref most, now);
                Interlocked.Increment(ref granted);
                await Task.Yield();
                Interlocked.Decrement(ref holding);
                await lease.DisposeAsync();
            }
        }

        await Task.WhenAll(Enumerable.Range(0, 400).Select(i => Task.Run(() => CallAsync(i % 2 == 0 ? one.Leases : two.Leases, rounds: 20))));

        Assert.InRange(most, 1, 7);
        Assert.True(granted > 7, $"only {granted} were granted, so no slot was used twice");
        Assert.True(refused > 100, $"only {refused} were refused, so the limit was not tried");
        Assert.Equal([0], await one.Counts.CountAsync([model.Id]));
    }

    [Theory, OnGarnet, OnRedis]
    public async Task Acquire_HeldByManyAtOnce_GrantsExactlyTheLimit(StoreKind kind)
    {
        var (server, prefix) = (await SharedStores.GetAsync(kind), TestReplica.NewPrefix());
        await using var one = await TestReplica.StartAsync(server, prefix);
        await using var two = await TestReplica.StartAsync(server, prefix);
        for (var round = 0; round < 20; round++)
        {
            var model = await one.RegisterAsync($"m{round}", maxConcurrency: 7);
            var answers = await Task.WhenAll(Enumerable.Range(0, 200).Select(i => Task.Run(() => (i % 2 == 0 ? one : two).Leases.AcquireAsync(model.Id, model.Revision))));

            Assert.Equal(7, answers.OfType<LeaseAnswer.Granted>().Count());
            Assert.All(answers.OfType<LeaseAnswer.AtCapacity>(), full => Assert.Equal((7, 7), (full.Active, full.MaxConcurrency)));
            Assert.Equal([7], await two.Counts.CountAsync([model.Id]));
            await Task.WhenAll(answers.OfType<LeaseAnswer.Granted>().Select(answer => answer.Lease.DisposeAsync().AsTask()));
            Assert.Equal([0], await two.Counts.CountAsync([model.Id]));
        }
    }

    [Theory, OnGarnet, OnRedis]
    public async Task Lease_HeldLongerThanThreeTtls_KeepsItsSlot(StoreKind kind)
    {
        // Longer than the other tests' TTL: what is tested is renewal, not whether a busy machine lets it run twice a second.
        var ttl = TimeSpan.FromSeconds(2);
        await using var replica = await TestReplica.StartAsync(await SharedStores.GetAsync(kind), TestReplica.NewPrefix(), ("Leases:Ttl", ttl.ToString()));
        var model = await replica.RegisterAsync("long");
        var lease = Granted(await replica.Leases.AcquireAsync(model.Id, model.Revision));
        var since = Stopwatch.StartNew();

        await Eventually.HoldsAsync(
            async () =>
            {
                Assert.IsType<LeaseAnswer.AtCapacity>(await replica.Leases.AcquireAsync(model.Id, model.Revision));
                return since.Elapsed > 3.2 * ttl;
            },
            6 * ttl,
            "more than three times to live");

        Assert.False(lease.Lost.IsCancellationRequested);
        await lease.DisposeAsync();
        await Granted(await replica.Leases.AcquireAsync(model.Id, model.Revision)).DisposeAsync();
    }

    [Theory, OnGarnet, OnRedis]
    public async Task Lease_OfAHolderThatCrashed_ComesBackWithinTheTtl(StoreKind kind)
    {
        await using var replica = await TestReplica.StartAsync(await SharedStores.GetAsync(kind), TestReplica.NewPrefix(), ShortTtl);
        var model = await replica.RegisterAsync("crash");

        // A manager without a renewal loop is what a crashed process leaves behind.
        var crashed = new LeaseManager(replica.Store, Microsoft.Extensions.Options.Options.Create(new LeaseOptions { Ttl = TimeSpan.FromSeconds(1) }), Microsoft.Extensions.Options.Options.Create(new QueueOptions()), new LeaseTelemetry(new TestMeters()), TimeProvider.System);
        Granted(await crashed.AcquireAsync(model.Id, model.Revision));
        Assert.IsType<LeaseAnswer.AtCapacity>(await replica.Leases.AcquireAsync(model.Id, model.Revision));

        LeaseAnswer? answer = null;
        var took = await Eventually.HoldsAsync(
            async () => (answer = await replica.Leases.AcquireAsync(model.Id, model.Revision)) is LeaseAnswer.Granted,
            TimeSpan.FromSeconds(1.5),
            "the slot is free");

        Assert.True(took > TimeSpan.FromSeconds(0.5), $"the slot was free after {took}: it was not held");
        await Granted(answer!).DisposeAsync();
    }

    [Theory, OnGarnet, OnRedis]
    public async Task Lease_WhoseMemberIsGone_IsLost(StoreKind kind)
    {
        await using var replica = await TestReplica.StartAsync(await SharedStores.GetAsync(kind), TestReplica.NewPrefix(), ShortTtl);
        var model = await replica.RegisterAsync("stolen");
        var lease = Granted(await replica.Leases.AcquireAsync(model.Id, model.Revision));

        await replica.Store.RunAsync(database => database.KeyDeleteAsync(replica.Store.Keys.Leases(model.Id)));

        await Eventually.HoldsAsync(() => lease.Lost.IsCancellationRequested, TimeSpan.FromSeconds(1), "the lease is lost");
        Assert.Equal(0, replica.Leases.HeldCount);
        await lease.DisposeAsync();
    }

    [Theory, OnGarnet, OnRedis]
    public async Task Acquire_ServedRevisionOlderThanTheGate_SaysStale(StoreKind kind)
    {
        await using var replica = await TestReplica.StartAsync(await SharedStores.GetAsync(kind), TestReplica.NewPrefix());
        var old = await replica.RegisterAsync("moving");
        var newer = await replica.Writer.UpdateAsync(TestReplica.Define("moving", maxConcurrency: 3), expectedRevision: null);

        Assert.Equal(new LeaseAnswer.Stale(newer.Revision), await replica.Leases.AcquireAsync(old.Id, old.Revision));
        await Granted(await replica.Leases.AcquireAsync(old.Id, newer.Revision)).DisposeAsync();
    }

    [Theory, OnGarnet, OnRedis]
    public async Task Acquire_LimitRaisedAndLowered_HoldsFromTheNextAcquire(StoreKind kind)
    {
        await using var replica = await TestReplica.StartAsync(await SharedStores.GetAsync(kind), TestReplica.NewPrefix());
        var model = await replica.RegisterAsync("limit");
        var first = Granted(await replica.Leases.AcquireAsync(model.Id, model.Revision));

        model = await replica.Writer.UpdateAsync(TestReplica.Define("limit", maxConcurrency: 2), expectedRevision: null);
        var second = Granted(await replica.Leases.AcquireAsync(model.Id, model.Revision));
        model = await replica.Writer.UpdateAsync(TestReplica.Define("limit", maxConcurrency: 1), expectedRevision: null);
        await first.DisposeAsync();

        Assert.Equal(new LeaseAnswer.AtCapacity(1, 1), await replica.Leases.AcquireAsync(model.Id, model.Revision));
        await second.DisposeAsync();
    }

    [Theory, OnGarnet, OnRedis]
    public async Task Acquire_NoGate_SaysSoUntilItIsRestored(StoreKind kind)
    {
        await using var replica = await TestReplica.StartAsync(await SharedStores.GetAsync(kind), TestReplica.NewPrefix());
        var model = await replica.RegisterAsync("gateless");
        await replica.Store.RunAsync(database => database.KeyDeleteAsync(replica.Store.Keys.Gate(model.Id)));
        Assert.IsType<LeaseAnswer.NoGate>(await replica.Leases.AcquireAsync(model.Id, model.Revision));

        await replica.Gates.RestoreAsync(model, CancellationToken.None);

        await Granted(await replica.Leases.AcquireAsync(model.Id, model.Revision)).DisposeAsync();
    }

    [Theory, OnGarnet, OnRedis]
    public async Task Count_ThousandModels_CountsEachOnesLiveLeases(StoreKind kind)
    {
        await using var replica = await TestReplica.StartAsync(await SharedStores.GetAsync(kind), TestReplica.NewPrefix());
        var busy = await replica.RegisterAsync("n500", maxConcurrency: 5);
        var leases = await Task.WhenAll(Enumerable.Range(0, 3).Select(_ => replica.Leases.AcquireAsync(busy.Id, busy.Revision)));

        var counts = await replica.Counts.CountAsync([.. Enumerable.Range(0, 1_000).Select(i => new ModelId($"n{i}", "v1"))]);

        Assert.Equal(3, counts[500]);
        Assert.Equal(3, counts.Sum());
        await Task.WhenAll(leases.Select(answer => Granted(answer).DisposeAsync().AsTask()));
    }

    private static Lease Granted(LeaseAnswer answer) => Assert.IsType<LeaseAnswer.Granted>(answer).Lease;

    private static void InterlockedMax(ref int most, int value)
    {
        for (var seen = Volatile.Read(ref most); value > seen; seen = Volatile.Read(ref most))
        {
            Interlocked.CompareExchange(ref most, value, seen);
        }
    }
}
