using System.Net;
using ModelMesh.Contracts.Catalog;
using ModelMesh.Registry.Tests.Admin;
using ModelMesh.Registry.Tests.Replicas;
using ModelMesh.ServiceDefaults.Shadows;
using ModelMesh.Testing.Store;
using Xunit;

namespace ModelMesh.Registry.Tests.Shadows;

/// <summary>What gateways tell of a shadow version, as operators read it.</summary>
public sealed class ShadowFigureTests
{
    private const string Path = "/models/chat/versions/s/shadow";

    [Theory, OnGarnet, OnRedis]
    public async Task Get_AfterTwoGatewaysTold_IsTheSumWithRatesAndAverages(StoreKind kind)
    {
        await using var replica = await StartAsync(kind);
        var (store, pair) = (replica.Get<ShadowStore>(), await PairAsync(replica));
        Assert.Equal("""{"name":"chat","version":"s","revision":2,"shadow":true,"shadow_sample":12.5,"comparisons":[]}""", (await replica.Http.ReadAsync(Path)).Body.GetRawText());

        await store.AddAsync("one", new ShadowBatch(pair, 1, Counts(
            ("requests", 3), ("dropped", 1), ("both", 2), ("same_finish", 1), ("matchable", 2), ("matched", 1),
            ("real:completed", 3), ("real:b0", 2), ("real:b40", 1), ("real:tokens", 10), ("real:characters", 41),
            ("shadow:completed", 2), ("shadow:errors", 1), ("shadow:b0", 3), ("shadow:tokens", 7), ("shadow:characters", 30))));
        await store.AddAsync("two", new ShadowBatch(pair, 1, Counts(("requests", 1), ("real:left", 1), ("shadow:unserved", 1))));

        var comparison = (await replica.Http.ReadAsync(Path)).Body.GetProperty("comparisons").EnumerateArray().Single();
        Assert.InRange(comparison.GetProperty("since").GetDateTimeOffset(), TimeProvider.System.GetUtcNow() - TimeSpan.FromMinutes(5), TimeProvider.System.GetUtcNow() + TimeSpan.FromMinutes(5));
        Assert.Equal(
            """
            "requests":4,"dropped":1,"both_completed":2,
            "real":{"version":"v1","revision":1,"completed":3,"errors":0,"error_rate":0,"unserved":0,"left":1,"ttft_p50_ms":0.8,"ttft_p95_ms":999.6,"average_output_tokens":5,"average_characters":20.5},
            "shadow":{"version":"s","revision":2,"completed":2,"errors":1,"error_rate":0.3333,"unserved":1,"left":0,"ttft_p50_ms":0.5,"ttft_p95_ms":0.9,"average_output_tokens":3.5,"average_characters":15},
            "same_finish_reason":{"compared":2,"same":1,"rate":0.5},"exact_match":{"compared":2,"same":1,"rate":0.5}}
            """.ReplaceLineEndings(""),
            comparison.GetRawText()[comparison.GetRawText().IndexOf("\"requests\"", StringComparison.Ordinal)..]);
    }

    [Theory, OnGarnet, OnRedis]
    public async Task Add_TheSameBatchAgain_CountsOnce(StoreKind kind)
    {
        await using var replica = await StartAsync(kind);
        var (store, pair) = (replica.Get<ShadowStore>(), await PairAsync(replica));

        foreach (var (gateway, sequence) in new[] { ("one", 1), ("one", 1), ("two", 1), ("one", 2), ("one", 2) })
        {
            await store.AddAsync(gateway, new ShadowBatch(pair, sequence, Counts(("requests", 1))));
        }

        Assert.Equal([(pair, 3)], await ReadAsync(replica));
    }

    [Theory, OnGarnet, OnRedis]
    public async Task Add_OfAnotherRevisionOfEither_BeginsAnewAndIgnoresTheOlder(StoreKind kind)
    {
        await using var replica = await StartAsync(kind);
        var (store, pair) = (replica.Get<ShadowStore>(), await PairAsync(replica));
        var (newReal, newShadow) = (pair with { RealRevision = 12 }, pair with { ShadowRevision = 10 });
        foreach (var (of, expected) in new[] { (pair, 1), (pair, 2), (newShadow, 1), (newShadow, 2), (pair, 2), (newReal, 2) })
        {
            await store.AddAsync("one", new ShadowBatch(of, Environment.TickCount64 + Random.Shared.Next(), Counts(("requests", 1))));
            Assert.Equal(expected, Assert.Single(await ReadAsync(replica)).Requests);
        }

        var both = newReal with { ShadowRevision = 10 };
        await store.AddAsync("one", new ShadowBatch(both, 1, Counts(("requests", 1))));
        Assert.Equal([(both, 1)], await ReadAsync(replica));
    }

    [Theory, OnGarnet, OnRedis]
    public async Task Get_AfterAnUpdateOfEither_ShowsNothingOfTheRevisionBefore(StoreKind kind)
    {
        await using var replica = await StartAsync(kind);
        var (store, pair) = (replica.Get<ShadowStore>(), await PairAsync(replica));
        await store.AddAsync("one", new ShadowBatch(pair, 1, Counts(("requests", 1))));
        Assert.Equal(1, await ShownAsync(replica));

        var real = replica.Catalog.Current.Find(new ModelId("chat", "v1"))!;
        var updated = await replica.Writer.UpdateAsync(real with { MaxConcurrency = 9 }, expectedRevision: null);
        await Eventually.HoldsAsync(() => replica.Catalog.Current.Find(updated.Id)?.Revision == updated.Revision, "the update is known");

        Assert.Equal(0, await ShownAsync(replica));
        await store.AddAsync("one", new ShadowBatch(pair with { RealRevision = updated.Revision }, 2, Counts(("requests", 1))));
        Assert.Equal(1, await ShownAsync(replica));
    }

    [Theory, OnGarnet, OnRedis]
    public async Task Delete_RemovesWhatWasCounted_AndCountingGoesOn(StoreKind kind)
    {
        await using var replica = await StartAsync(kind);
        var (store, pair) = (replica.Get<ShadowStore>(), await PairAsync(replica));
        await store.AddAsync("one", new ShadowBatch(pair, 1, Counts(("requests", 5))));

        Assert.Equal(HttpStatusCode.NoContent, (await replica.Http.RemoveAsync(Path)).Status);

        Assert.Equal(0, await ShownAsync(replica));
        await store.AddAsync("one", new ShadowBatch(pair, 2, Counts(("requests", 1))));
        Assert.Equal([(pair, 1)], await ReadAsync(replica));
    }

    [Theory]
    [InlineData("GET")]
    [InlineData("DELETE")]
    public async Task Request_ForAVersionThatIsNotRegistered_IsNotFound(string method)
    {
        await using var replica = await StartAsync(StoreKind.Garnet);

        var answer = await replica.Http.SendAsync(new HttpMethod(method), Path, null);

        Assert.Equal((HttpStatusCode.NotFound, "model_not_found", "Model 'chat' version 's' is not registered."), (answer.Status, answer.ErrorCode, answer.Message));
    }

    [Fact]
    public async Task Get_OfAVersionWithoutCopies_IsEmpty()
    {
        await using var replica = await StartAsync(StoreKind.Garnet);
        await replica.RegisterAsync("alone");

        var answer = await replica.Http.ReadAsync("/models/alone/versions/v1/shadow");

        Assert.Equal((HttpStatusCode.OK, false, 0), (answer.Status, answer.Body.GetProperty("shadow").GetBoolean(), answer.Body.GetProperty("comparisons").GetArrayLength()));
        Assert.Equal(HttpStatusCode.NoContent, (await replica.Http.RemoveAsync("/models/alone/versions/v1/shadow")).Status);
    }

    private static async Task<TestReplica> StartAsync(StoreKind kind) => await TestReplica.StartAsync(await SharedStores.GetAsync(kind), TestReplica.NewPrefix());

    private static async Task<ShadowPair> PairAsync(TestReplica replica)
    {
        var real = await replica.RegisterAsync("chat");
        var shadow = await replica.Writer.RegisterAsync(TestReplica.Define("chat") with { Version = "s", Shadow = true, ShadowSample = 12.5 });
        return new ShadowPair(shadow.Id, shadow.Revision, real.Version, real.Revision);
    }

    private static async Task<IEnumerable<(ShadowPair Pair, long Requests)>> ReadAsync(TestReplica replica) =>
        (await replica.Get<ShadowStore>().ReadAsync(new ModelId("chat", "s"), ["v1"])).Select(figures => (figures.Pair, figures.Requests));

    private static async Task<int> ShownAsync(TestReplica replica) => (await replica.Http.ReadAsync(Path)).Body.GetProperty("comparisons").GetArrayLength();

    private static Dictionary<string, long> Counts(params (string Field, long Count)[] counts) => counts.ToDictionary(count => count.Field, count => count.Count, StringComparer.Ordinal);
}
