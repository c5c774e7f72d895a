using System.Net;
using System.Security.Cryptography;
using ModelMesh.Contracts.Catalog;
using ModelMesh.Registry.Tests.Admin;
using ModelMesh.Registry.Tests.Replicas;
using ModelMesh.ServiceDefaults.Cache;
using ModelMesh.Testing.Store;
using Xunit;

namespace ModelMesh.Registry.Tests.KeptAnswers;

public sealed class AnswerStoreTests
{
    private const long Plenty = 1L << 30;
    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);

    // A page of the embedded store is 1 MiB, so one of several is the case that must not go wrong.
    [Theory, OnGarnet, OnRedis]
    public async Task Look_AnAnswerOfSeveralMebibytes_IsByteForByteWhatWasKept(StoreKind kind)
    {
        await using var replica = await StartAsync(kind);
        var (answers, model) = (replica.Get<AnswerStore>(), await replica.RegisterAsync("chat"));
        var answer = RandomNumberGenerator.GetBytes(3 * 1024 * 1024);

        Assert.Null((await answers.LookAsync("a", model.Id, model.Revision)).Answer);
        Assert.Equal(0, await answers.KeepAsync("a", answer, Minute, Plenty, epoch: 0));

        Assert.Equal(answer, (await answers.LookAsync("a", model.Id, model.Revision)).Answer);
    }

    [Theory, OnGarnet, OnRedis]
    public async Task Look_AfterAnUpdateOrADelete_SaysThatTheRevisionIsNotServed(StoreKind kind)
    {
        await using var replica = await StartAsync(kind);
        var (answers, model) = (replica.Get<AnswerStore>(), await replica.RegisterAsync("chat"));

        Assert.True((await answers.LookAsync("a", model.Id, model.Revision)).IsServed);
        Assert.False((await answers.LookAsync("a", model.Id, model.Revision - 1)).IsServed);
        var updated = await replica.Writer.UpdateAsync(model with { MaxConcurrency = 2 }, expectedRevision: null);
        Assert.False((await answers.LookAsync("a", model.Id, model.Revision)).IsServed);
        Assert.True((await answers.LookAsync("a", model.Id, updated.Revision)).IsServed);
        await replica.Writer.DeleteAsync(model.Id, null, CancellationToken.None);
        Assert.False((await answers.LookAsync("a", model.Id, updated.Revision)).IsServed);
        Assert.False((await answers.LookAsync("a", new ModelId("never", "v1"), 1)).IsServed);
    }

    [Theory, OnGarnet, OnRedis]
    public async Task Keep_MoreThanMayBeKept_RemovesWhatExpiresFirstButNotTheNewOne(StoreKind kind)
    {
        await using var replica = await StartAsync(kind);
        var answers = replica.Get<AnswerStore>();
        var most = 3 * (1000 + AnswerStore.CostOfOne);
        foreach (var (hash, minutes) in new[] { ("soon", 1), ("later", 2), ("last", 3) })
        {
            Assert.Equal(0, await answers.KeepAsync(hash, new byte[1000], minutes * Minute, most, epoch: 0));
        }

        Assert.Equal(1, await answers.KeepAsync("new", new byte[1000], TimeSpan.FromSeconds(30), most, epoch: 0));

        Assert.Equal(["last", "later", "new"], await KeptAsync(replica, "soon", "later", "last", "new"));
        Assert.Equal(2, await answers.KeepAsync("large", new byte[2000], Minute, most, epoch: 0));
        Assert.Equal(["large", "last"], await KeptAsync(replica, "later", "last", "new", "large"));
        Assert.Equal(1000 + 2000 + (2 * AnswerStore.CostOfOne), await TotalAsync(replica));
    }

    [Theory, OnGarnet, OnRedis]
    public async Task Keep_TheSameRequestAgain_CountsItOnce(StoreKind kind)
    {
        await using var replica = await StartAsync(kind);
        var answers = replica.Get<AnswerStore>();
        for (var i = 1; i <= 3; i++)
        {
            await answers.KeepAsync("same", new byte[i * 100], Minute, Plenty, epoch: 0);
        }

        Assert.Equal(300 + AnswerStore.CostOfOne, await TotalAsync(replica));
    }

    [Theory, OnGarnet, OnRedis]
    public async Task Keep_AfterOneHasExpired_CountsItNoMore(StoreKind kind)
    {
        await using var replica = await StartAsync(kind);
        var answers = replica.Get<AnswerStore>();
        await answers.KeepAsync("short", new byte[1000], TimeSpan.FromMilliseconds(50), Plenty, epoch: 0);
        await Eventually.HoldsAsync(async () => (await KeptAsync(replica, "short")).Length == 0, TimeSpan.FromSeconds(10), "the answer has expired");

        await answers.KeepAsync("long", new byte[10], Minute, Plenty, epoch: 0);

        Assert.Equal(10 + AnswerStore.CostOfOne, await TotalAsync(replica));
    }

    [Theory, OnGarnet, OnRedis]
    public async Task DeleteCache_OverHttp_RemovesAllAndWhatIsStillBeingMadeIsNotKept(StoreKind kind)
    {
        await using var replica = await StartAsync(kind);
        var answers = replica.Get<AnswerStore>();
        for (var i = 0; i < 5; i++)
        {
            await answers.KeepAsync($"{i}", new byte[10], Minute, Plenty, epoch: 0);
        }

        var cleared = await replica.Http.RemoveAsync("/cache");

        Assert.Equal((HttpStatusCode.OK, 5), (cleared.Status, cleared.Body.GetProperty("removed").GetInt32()));
        Assert.Empty(await KeptAsync(replica, "0", "1", "2", "3", "4"));
        Assert.Equal(0, await TotalAsync(replica));
        Assert.Null(await answers.KeepAsync("late", new byte[10], Minute, Plenty, epoch: 0));
        Assert.Equal(0, await answers.KeepAsync("next", new byte[10], Minute, Plenty, epoch: 1));
        Assert.Equal(1, (await replica.Http.RemoveAsync("/cache")).Body.GetProperty("removed").GetInt32());
    }

    private static async Task<TestReplica> StartAsync(StoreKind kind) => await TestReplica.StartAsync(await SharedStores.GetAsync(kind), TestReplica.NewPrefix());

    private static async Task<string[]> KeptAsync(TestReplica replica, params string[] hashes)
    {
        var (answers, kept) = (replica.Get<AnswerStore>(), new List<string>());
        foreach (var hash in hashes)
        {
            if ((await answers.LookAsync(hash, new ModelId("none", "v1"), 1)).Answer is not null)
            {
                kept.Add(hash);
            }
        }

        return [.. kept.Order(StringComparer.Ordinal)];
    }

    private static async Task<long> TotalAsync(TestReplica replica) =>
        (long)await replica.Store.RunAsync(database => database.HashGetAsync(replica.Store.Keys.CacheSizes, "total"));
}
