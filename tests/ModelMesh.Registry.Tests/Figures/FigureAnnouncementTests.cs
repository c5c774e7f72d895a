using Microsoft.Extensions.Options;
using ModelMesh.Registry.Figures;
using ModelMesh.Registry.Instances;
using ModelMesh.Registry.Tests.Replicas;
using ModelMesh.Testing.Store;
using StackExchange.Redis;
using Xunit;

namespace ModelMesh.Registry.Tests.Figures;

public sealed class FigureAnnouncementTests
{
    private static readonly TimeSpan Ttl = TimeSpan.FromSeconds(30);

    [Theory, OnGarnet, OnRedis]
    public async Task Write_ForTheFirstTime_HoldsEveryEntryAndExpires(StoreKind kind)
    {
        await using var replica = await StartAsync(kind);
        await Announcement(replica).WriteAsync(Entries(("a@v1", "1"), ("b@v1", "2")));

        Assert.Equal("a@v1=1 b@v1=2 format=1 sequence=1", await HeldAsync(replica));
        Assert.InRange(await replica.Store.RunAsync(database => database.KeyTimeToLiveAsync(Key(replica))) ?? default, Ttl / 2, Ttl);
    }

    [Theory, OnGarnet, OnRedis]
    public async Task Write_AfterChanges_RaisesTheSequenceAndHoldsWhatIsThereNow(StoreKind kind)
    {
        await using var replica = await StartAsync(kind);
        var announcement = Announcement(replica);
        await announcement.WriteAsync(Entries(("a@v1", "1"), ("b@v1", "2"), ("c@v1", "3")));
        await announcement.WriteAsync(Entries(("a@v1", "1"), ("b@v1", "20"), ("d@v1", "4")));
        Assert.Equal("a@v1=1 b@v1=20 d@v1=4 format=1 sequence=2", await HeldAsync(replica));

        await announcement.WriteAsync(Entries(("a@v1", "1"), ("b@v1", "20"), ("d@v1", "4")));
        Assert.Equal("a@v1=1 b@v1=20 d@v1=4 format=1 sequence=2", await HeldAsync(replica));
    }

    [Theory, OnGarnet, OnRedis]
    public async Task Write_WithoutAChange_PutsOffTheExpiry(StoreKind kind)
    {
        await using var replica = await StartAsync(kind);
        var announcement = Announcement(replica);
        await announcement.WriteAsync(Entries(("a@v1", "1")));
        await replica.Store.RunAsync(database => database.KeyExpireAsync(Key(replica), TimeSpan.FromSeconds(1)));

        await announcement.WriteAsync(Entries(("a@v1", "1")));

        Assert.InRange(await replica.Store.RunAsync(database => database.KeyTimeToLiveAsync(Key(replica))) ?? default, Ttl / 2, Ttl);
    }

    [Theory, OnGarnet, OnRedis]
    public async Task Write_AfterTheStoreLostIt_WritesAllOfItAgain(StoreKind kind)
    {
        await using var replica = await StartAsync(kind);
        var announcement = Announcement(replica);
        await announcement.WriteAsync(Entries(("a@v1", "1"), ("b@v1", "2")));
        await replica.Store.RunAsync(database => database.KeyDeleteAsync(Key(replica)));

        await announcement.WriteAsync(Entries(("a@v1", "1"), ("b@v1", "3")));

        Assert.Equal("a@v1=1 b@v1=3 format=1 sequence=2", await HeldAsync(replica));
    }

    [Theory, OnGarnet, OnRedis]
    public async Task Write_OfMoreThanAStoreTakesInOneValue_HoldsEveryEntry(StoreKind kind)
    {
        await using var replica = await StartAsync(kind);
        await Announcement(replica).WriteAsync(Entries([.. Enumerable.Range(0, 4_000).Select(i => ($"model-{i}@v1", new string('x', 1_000)))]));
        Assert.Equal(4_002, await replica.Store.RunAsync(database => database.HashLengthAsync(Key(replica))));
    }

    [Theory, OnGarnet, OnRedis]
    public async Task Remove_AfterAWrite_LeavesNothing(StoreKind kind)
    {
        await using var replica = await StartAsync(kind);
        var announcement = Announcement(replica);
        await announcement.WriteAsync(Entries(("a@v1", "1")));
        await announcement.RemoveAsync();
        Assert.Equal("", await HeldAsync(replica));
    }

    private static async Task<TestReplica> StartAsync(StoreKind kind) => await TestReplica.StartAsync(await SharedStores.GetAsync(kind), TestReplica.NewPrefix());

    private static FigureAnnouncement Announcement(TestReplica replica) => new(replica.Store, replica.Get<IInstanceIdentity>(), Options.Create(new InstanceOptions { Ttl = Ttl }));

    private static Dictionary<string, string> Entries(params (string Id, string Text)[] entries) => entries.ToDictionary(entry => entry.Id, entry => entry.Text, StringComparer.Ordinal);

    private static RedisKey Key(TestReplica replica) => replica.Store.Keys.InstanceModels(replica.Get<IInstanceIdentity>().Id);

    private static async Task<string> HeldAsync(TestReplica replica) => string.Join(' ', (await replica.Store.RunAsync(database => database.HashGetAllAsync(Key(replica))))
        .Select(field => $"{field.Name}={field.Value}").Order(StringComparer.Ordinal));
}
