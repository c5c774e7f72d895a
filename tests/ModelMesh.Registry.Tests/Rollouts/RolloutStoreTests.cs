using ModelMesh.Contracts.Catalog;
using ModelMesh.Contracts.Traffic;
using ModelMesh.Registry.Rollouts;
using ModelMesh.Registry.Tests.Replicas;
using ModelMesh.ServiceDefaults.Store;
using ModelMesh.Testing.Store;
using Xunit;

namespace ModelMesh.Registry.Tests.Rollouts;

/// <summary>The scripts, on replicas that drive nothing.</summary>
public sealed class RolloutStoreTests
{
    private static readonly ModelId From = new("chat", "v1");
    private static readonly ModelId To = new("chat", "v2");

    [Theory, OnGarnet, OnRedis]
    public async Task Step_WritesEntryAndWeightsInOne_AndNoNewRevisionOfAVersion(StoreKind kind)
    {
        await using var replica = await StartAsync(kind);
        var before = replica.Catalog.Current;
        var started = await BeginAsync(replica);

        var written = await replica.Get<RolloutStore>().MoveAsync(new RolloutChange(started with { Status = RolloutStatuses.Running, Step = 0 }, new TrafficSplit(90, 10)));

        var after = replica.Catalog.Current;
        Assert.Equal(before.Revision + 6, after.Revision);
        Assert.Equal((before.Find(From)!.Revision, 90, before.Revision + 4), (after.Find(From)!.Revision, after.Find(From)!.Weight, after.Find(From)!.WeightRevision));
        Assert.Equal((before.Find(To)!.Revision, 10, before.Revision + 5), (after.Find(To)!.Revision, after.Find(To)!.Weight, after.Find(To)!.WeightRevision));
        Assert.Equal(StoredModel.Definition(before.Find(From)! with { Weight = 0 }), StoredModel.Definition(after.Find(From)! with { Weight = 0 }));
        Assert.Equal((after.Revision, started.CreatedAt, 0), (written!.Revision, written.CreatedAt, after.Traffic.Rollouts["chat"].Step));
        Assert.Matches("^[0-9]+ [0-9]+ [0-9]+ chat@v1 chat@v2\n", await StoredAsync(replica));
    }

    [Theory, OnGarnet, OnRedis]
    public async Task Step_DecidedOnAnEntryThatHasChanged_IsRefusedAndChangesNothing(StoreKind kind)
    {
        await using var replica = await StartAsync(kind);
        var started = await BeginAsync(replica);
        var paused = await replica.Get<RolloutStore>().MoveAsync(RolloutMoves.Pause(started));

        Assert.Null(await replica.Get<RolloutStore>().MoveAsync(new RolloutChange(started with { Status = RolloutStatuses.Running, Step = 0 }, new TrafficSplit(90, 10))));

        var catalog = await replica.Catalog.RefreshAsync(CancellationToken.None);
        Assert.Equal((paused!.Revision, RolloutStatuses.Paused, 70), (catalog.Revision, catalog.Traffic.Rollouts["chat"].Status, catalog.Find(From)!.Weight));
    }

    [Theory, OnGarnet, OnRedis]
    public async Task Start_DecidedOnACatalogThatHasChanged_IsRefused(StoreKind kind)
    {
        await using var replica = await StartAsync(kind);
        var seen = replica.Catalog.Current.Revision;
        await replica.RegisterAsync("other");

        Assert.Null(await replica.Get<RolloutStore>().StartAsync(Sample.Rollout(step: -1), seen));
        Assert.Empty((await replica.Catalog.RefreshAsync(CancellationToken.None)).Traffic.Rollouts);
    }

    [Theory, OnGarnet, OnRedis]
    public async Task Ended_GoesIntoTheHistory_WhichKeepsTheNewestTwenty_AndRefersToNothing(StoreKind kind)
    {
        await using var replica = await StartAsync(kind);
        for (var i = 0; i < 22; i++)
        {
            var started = (await replica.Get<RolloutStore>().StartAsync(Sample.Rollout(step: -1) with { RequestId = $"r{i}" }, replica.Catalog.Current.Revision))!;
            await replica.Get<RolloutStore>().MoveAsync(RolloutMoves.Abort(started with { Step = 0 }, StepTally.None, Sample.Begun));
        }

        var kept = await replica.Get<RolloutReader>().ListAsync("chat", CancellationToken.None);
        Assert.Equal(Enumerable.Range(2, 20).Reverse().Select(i => $"r{i}"), kept.Select(rollout => rollout.RequestId));
        Assert.Equal(RolloutStatuses.RolledBack, (await replica.Get<RolloutReader>().FindAsync("chat", "r5", CancellationToken.None)).Status);
        Assert.Matches("^[0-9]+ [0-9]+ [0-9]+\n", await StoredAsync(replica));
    }

    [Theory, OnGarnet, OnRedis]
    public async Task Tally_OfSeveralReplicas_AddsUpAndCountsABatchOnce(StoreKind kind)
    {
        var prefix = TestReplica.NewPrefix();
        await using var one = await StartAsync(kind, prefix);
        await using var two = await StartAsync(kind, prefix, register: false);
        var rollout = Sample.Rollout();
        var batch = new TallyBatch("chat", "r1", 1, new Dictionary<string, long>(StringComparer.Ordinal) { ["0:to:requests"] = 5, ["0:to:failures"] = 2, ["0:to:b7"] = 3 });

        await one.Get<TallyStore>().AddAsync(batch);
        await one.Get<TallyStore>().AddAsync(batch);
        await two.Get<TallyStore>().AddAsync(batch);
        await one.Get<TallyStore>().AddAsync(batch with { Sequence = 2 });

        var tally = await two.Get<TallyStore>().ReadAsync(rollout);
        Assert.Equal((15, 6, 9), (tally.To.Requests, tally.To.Failures, tally.To.Buckets[7]));
        Assert.Equal(0, tally.From.Requests);
        Assert.True(await one.Store.RunAsync(database => database.KeyTimeToLiveAsync(one.Store.Keys.RolloutTally("chat", "r1"))) > TimeSpan.FromDays(7));
    }

    [Theory, OnGarnet, OnRedis]
    public async Task Wheel_IsOneReplicasUntilItLeavesOrItsHoldExpires(StoreKind kind)
    {
        var prefix = TestReplica.NewPrefix();
        await using var one = await StartAsync(kind, prefix);
        await using var two = await StartAsync(kind, prefix, register: false, ("Rollouts:JudgeInterval", "00:00:00.05"), ("Rollouts:DriverTtl", "00:00:00.3"));

        Assert.True(await one.Get<DriverLease>().TryHoldAsync("chat"));
        Assert.True(await one.Get<DriverLease>().TryHoldAsync("chat"));
        Assert.False(await two.Get<DriverLease>().TryHoldAsync("chat"));
        await two.Get<DriverLease>().LeaveAsync("chat");
        Assert.False(await two.Get<DriverLease>().TryHoldAsync("chat"));
        await one.Get<DriverLease>().LeaveAsync("chat");
        Assert.True(await two.Get<DriverLease>().TryHoldAsync("chat"));
        await Eventually.HoldsAsync(() => one.Get<DriverLease>().TryHoldAsync("chat"), TimeSpan.FromSeconds(20), "the hold expires");
    }

    private static Task<TestReplica> StartAsync(StoreKind kind) => StartAsync(kind, TestReplica.NewPrefix());

    private static async Task<TestReplica> StartAsync(StoreKind kind, string prefix, bool register = true, params (string Key, string Value)[] settings)
    {
        var replica = await TestReplica.StartAsync(await SharedStores.GetAsync(kind), prefix, settings);
        await replica.Get<RolloutDriver>().StopAsync(CancellationToken.None);
        if (register)
        {
            await replica.RegisterAsync("chat", ("v1", 70), ("v2", 0));
        }

        return replica;
    }

    private static async Task<Rollout> BeginAsync(TestReplica replica) =>
        (await replica.Get<RolloutStore>().StartAsync(Sample.Rollout(step: -1), replica.Catalog.Current.Revision))!;

    private static async Task<string> StoredAsync(TestReplica replica) =>
        (await replica.Store.RunAsync(database => database.HashGetAsync(replica.Store.Keys.Traffic, "rollout/chat"))).ToString();
}
