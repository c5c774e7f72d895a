using System.Net;
using ModelMesh.Contracts.Catalog;
using ModelMesh.Contracts.Traffic;
using ModelMesh.Registry.Tests.Admin;
using ModelMesh.Registry.Tests.Replicas;
using ModelMesh.Registry.Traffic;
using ModelMesh.Testing.Store;
using Xunit;

namespace ModelMesh.Registry.Tests.Traffic;

/// <summary>Weights move apart from definitions, and a rollout's are its own.</summary>
public sealed class WeightTests
{
    [Theory, OnGarnet, OnRedis]
    public async Task Put_SeveralVersions_MovesTheSplitInOneStepWithoutANewRevisionOfAny(StoreKind kind)
    {
        await using var replica = await WithTwoVersionsAsync(kind);
        var before = replica.Catalog.Current;
        var events = new List<CatalogEvent>();
        var splits = new List<string>();
        replica.Catalog.Changed += change =>
        {
            events.AddRange(change.Events);
            splits.Add(string.Join('/', change.Current.VersionsOf("chat").Select(model => model.Weight)));
        };

        var answer = await replica.Http.PutAsync("/models/chat/weights", """{"v1":90,"v2":10}""");

        Assert.Equal(HttpStatusCode.OK, answer.Status);
        Assert.Equal(["v1 90 90", "v2 10 10", "v3 5 0"], Shares(answer));
        Assert.Equal(["90/10/5"], splits);
        Assert.Equal(["weighted chat@v1", "weighted chat@v2"], events.Select(change => $"{change.Kind} {change.Id}"));
        Assert.Equal(before.VersionsOf("chat").Select(model => model.Revision), replica.Catalog.Current.VersionsOf("chat").Select(model => model.Revision));
        Assert.Equal(replica.Catalog.Current.Revision, answer.Revision);
    }

    [Theory, OnGarnet, OnRedis]
    public async Task Put_ThenDrainOrUpdate_KeepsOrReplacesTheWeightAsEachMeans(StoreKind kind)
    {
        await using var replica = await WithTwoVersionsAsync(kind);
        await replica.Http.PutAsync("/models/chat/weights", """{"v1":90,"v2":10}""");

        Assert.Equal(10, (await replica.Writer.DrainAsync(new("chat", "v2"), expectedRevision: null)).Weight);
        Assert.Equal(33, (await replica.Http.PutAsync("/models/chat/versions/v1", """{"backend_type":"mock","weight":33}""")).Body.GetProperty("weight").GetInt32());
        Assert.Equal(33, replica.Catalog.Current.Find(new("chat", "v1"))!.Weight);
        Assert.Equal(100, (await replica.Http.PutAsync("/models/chat/versions/v1", """{"backend_type":"mock"}""")).Body.GetProperty("weight").GetInt32());
        Assert.Equal(HttpStatusCode.Conflict, (await replica.Http.PutAsync("/models/chat/weights", """{"v2":1}""")).Status);
    }

    [Theory, OnGarnet, OnRedis]
    public async Task Rollout_WhileItRuns_AloneSetsTheWeights(StoreKind kind)
    {
        await using var replica = await WithTwoVersionsAsync(kind);
        var id = new TrafficId(TrafficKinds.Rollout, "chat");
        await replica.Http.PutAsync("/models/chat/weights", """{"v1":90,"v2":10}""");
        var rollout = new Rollout { Model = "chat", RequestId = "r1", From = "v1", To = "v2", Strategy = RolloutStrategies.Canary, Status = RolloutStatuses.Running };
        await replica.Traffic.WriteAsync(id, rollout, TrafficReference.Of(rollout), expectedRevision: null);

        Assert.Equal(HttpStatusCode.Conflict, (await replica.Http.PutAsync("/models/chat/weights", """{"v1":0}""")).Status);
        Assert.Equal(HttpStatusCode.Conflict, (await replica.Http.PutAsync("/models/chat/versions/v1", """{"backend_type":"mock","weight":100}""")).Status);
        Assert.Equal(90, (await replica.Http.PutAsync("/models/chat/versions/v1", """{"backend_type":"mock","weight":90}""")).Body.GetProperty("weight").GetInt32());
        Assert.Equal(10, (await replica.Http.PutAsync("/models/chat/versions/v2", """{"backend_type":"mock","max_concurrency":7}""")).Body.GetProperty("weight").GetInt32());
        Assert.Equal(HttpStatusCode.Conflict, (await replica.Http.RemoveAsync("/models/chat/versions/v1")).Status);

        var ended = rollout with { Status = RolloutStatuses.Completed };
        await replica.Traffic.WriteAsync(id, ended, TrafficReference.Of(ended), expectedRevision: null);
        Assert.Equal(HttpStatusCode.OK, (await replica.Http.PutAsync("/models/chat/weights", """{"v1":0}""")).Status);
        Assert.Equal(HttpStatusCode.NoContent, (await replica.Http.RemoveAsync("/models/chat/versions/v1")).Status);
    }

    [Theory, OnGarnet, OnRedis]
    public async Task Put_WithIfMatch_IsRefusedOnceAnyWeightHasMoved(StoreKind kind)
    {
        await using var replica = await WithTwoVersionsAsync(kind);
        var read = await replica.Http.ReadAsync("/models/chat/weights");
        Assert.Equal(HttpStatusCode.NotModified, (await replica.Http.ReadAsync("/models/chat/weights", read.ETag)).Status);

        Assert.Equal(HttpStatusCode.OK, (await replica.Http.PutAsync("/models/chat/weights", """{"v1":90}""", read.ETag)).Status);
        Assert.Equal(HttpStatusCode.PreconditionFailed, (await replica.Http.PutAsync("/models/chat/weights", """{"v2":10}""", read.ETag)).Status);
        Assert.Equal(["v1 90 48.65", "v2 95 51.35", "v3 5 0"], Shares(await replica.Http.ReadAsync("/models/chat/weights")));
    }

    [Fact]
    public async Task Put_BadBody_IsRefusedWithEveryFault()
    {
        await using var replica = await WithTwoVersionsAsync(StoreKind.Garnet);

        Assert.Equal(
            ["v1: must be a whole number from 0 to 1000000", "v9: is no version of 'chat'", "v2: must be a whole number, not a string"],
            (await replica.Http.PutAsync("/models/chat/weights", """{"v1":-1,"v9":1,"v2":"all"}""")).Faults);
        Assert.Equal(HttpStatusCode.BadRequest, (await replica.Http.PutAsync("/models/chat/weights", "{}")).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await replica.Http.PutAsync("/models/nobody/weights", """{"v1":1}""")).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await replica.Http.ReadAsync("/models/nobody/weights")).Status);
    }

    // v1 and v2 take traffic, v3 is a shadow.
    private static async Task<TestReplica> WithTwoVersionsAsync(StoreKind kind)
    {
        var replica = await TestReplica.StartAsync(await SharedStores.GetAsync(kind), TestReplica.NewPrefix());
        await replica.RegisterAsync("chat");
        await replica.Writer.RegisterAsync(TestReplica.Define("chat") with { Version = "v2", Weight = 95 });
        await replica.Writer.RegisterAsync(TestReplica.Define("chat") with { Version = "v3", Weight = 5, Shadow = true });
        await replica.RegisterAsync("chat2");
        return replica;
    }

    private static IEnumerable<string> Shares(AdminAnswer answer) => answer.Body.GetProperty("versions").EnumerateArray()
        .Select(version => $"{version.GetProperty("version")} {version.GetProperty("weight")} {version.GetProperty("share")}");
}
