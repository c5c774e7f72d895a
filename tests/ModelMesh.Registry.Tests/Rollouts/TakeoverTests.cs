using ModelMesh.Registry.Instances;
using ModelMesh.Registry.Tests.Replicas;
using ModelMesh.Testing.Store;
using Xunit;

namespace ModelMesh.Registry.Tests.Rollouts;

public sealed class TakeoverTests
{
    private const string Slow = "\"strategy\":\"rolling\",\"steps\":[20,40,60,80,100],\"step_duration\":\"300ms\"";

    [Theory, OnGarnet, OnRedis]
    public async Task Driver_Stops_AnotherReplicaCarriesTheRolloutOn(StoreKind kind)
    {
        var (server, prefix) = (await SharedStores.GetAsync(kind), TestReplica.NewPrefix());
        var one = await TestReplica.StartAsync(server, prefix, RolloutFixture.Hurry);
        await one.RegisterAsync("chat", ("v1", 100), ("v2", 0));
        var rollout = await one.RollAsync("chat", Slow);
        await one.UntilAsync(rollout, "running");
        await using var two = await TestReplica.StartAsync(server, prefix, RolloutFixture.Hurry);
        Assert.Equal(one.Get<IInstanceIdentity>().Id, await DriverAsync(two));

        await one.DisposeAsync();

        await two.UntilAsync(rollout, "completed");
        Assert.Equal("v1:0 v2:100", await two.WeightsAsync("chat"));
    }

    [Theory, OnGarnet, OnRedis]
    public async Task Driver_DiedWithoutLeaving_AnotherReplicaTakesOverWhenItsHoldExpires(StoreKind kind)
    {
        var (server, prefix) = (await SharedStores.GetAsync(kind), TestReplica.NewPrefix());
        await using var one = await TestReplica.StartAsync(server, prefix, RolloutFixture.Hurry);
        await one.RegisterAsync("chat", ("v1", 100), ("v2", 0));
        await one.Store.RunAsync(database => database.StringSetAsync(one.Store.Keys.RolloutDriver("chat"), "dead", TimeSpan.FromSeconds(1)));
        var rollout = await one.RollAsync("chat", Slow);

        // As long as the dead one holds the wheel nobody moves anything.
        Assert.Equal("v1:100 v2:0", await one.WeightsAsync("chat"));
        await one.UntilAsync(rollout, "completed");
        Assert.Equal("v1:0 v2:100", await one.WeightsAsync("chat"));
    }

    private static async Task<string> DriverAsync(TestReplica replica) =>
        (await replica.Store.RunAsync(database => database.StringGetAsync(replica.Store.Keys.RolloutDriver("chat")))).ToString();
}
