using ModelMesh.Registry.Catalog;
using ModelMesh.Registry.Tests.Replicas;
using ModelMesh.ServiceDefaults.Catalog;
using ModelMesh.Testing.Store;
using Xunit;

namespace ModelMesh.Registry.Tests.Catalog;

public sealed class CatalogConvergenceTests
{
    private static readonly (string, string) NoEvents = ("Store:DropEvents", "true");
    private static readonly (string, string) EventsOnly = ("Store:ReconcileInterval", "00:01:00");

    [Theory, OnGarnet, OnRedis]
    public async Task FiftyChanges_AlternatingReplicasAndEveryEventLost_BothConvergeWithinFiveSeconds(StoreKind kind)
    {
        var (server, prefix) = (await SharedStores.GetAsync(kind), TestReplica.NewPrefix());
        await using var one = await TestReplica.StartAsync(server, prefix, NoEvents);
        await using var two = await TestReplica.StartAsync(server, prefix, NoEvents);

        // Gates are reconciled with a refreshed catalog, which would hide a follower that does not look by itself.
        await one.Get<GateReconciler>().StopAsync(CancellationToken.None);
        await two.Get<GateReconciler>().StopAsync(CancellationToken.None);

        var last = await ChangeFiftyTimesAsync(one, two);

        await Eventually.HoldsAsync(() => one.Catalog.Current.Revision == last && two.Catalog.Current.Revision == last, TimeSpan.FromSeconds(5), "both replicas have the last change");
        Assert.Equal(Content(one), Content(two));
        Assert.Equal(10, one.Catalog.Current.All.Count);
    }

    [Theory, OnGarnet, OnRedis]
    public async Task FiftyChanges_HeardOfByEvents_ArriveWithoutATimer(StoreKind kind)
    {
        var (server, prefix) = (await SharedStores.GetAsync(kind), TestReplica.NewPrefix());
        await using var one = await TestReplica.StartAsync(server, prefix, EventsOnly);
        await using var two = await TestReplica.StartAsync(server, prefix, EventsOnly);
        await using var reader = await TestReplica.StartAsync(server, prefix, EventsOnly);
        var told = 0L;
        reader.Catalog.Changed += change => Interlocked.Exchange(ref told, change.Events[^1].Revision);

        var last = await ChangeFiftyTimesAsync(one, two);

        await Eventually.HoldsAsync(() => Interlocked.Read(ref told) == last, TimeSpan.FromSeconds(2), "the reader was told of the last change");
        await Eventually.HoldsAsync(() => one.Catalog.Current.Revision == last, TimeSpan.FromSeconds(2), "a replica that the last change was not made on has it");
        Assert.Equal(Content(one), Content(reader));
    }

    [Theory, OnGarnet, OnRedis]
    public async Task Refresh_AfterAChangeElsewhere_HasItWithoutEventOrTimer(StoreKind kind)
    {
        var (server, prefix) = (await SharedStores.GetAsync(kind), TestReplica.NewPrefix());
        await using var one = await TestReplica.StartAsync(server, prefix, NoEvents, EventsOnly);
        await using var two = await TestReplica.StartAsync(server, prefix, NoEvents, EventsOnly);
        for (var i = 0; i < 20; i++)
        {
            var model = await one.RegisterAsync($"m{i}");

            Assert.Null(two.Catalog.Current.Find(model.Id));
            Assert.Equal(model.Revision, (await two.Catalog.RefreshAsync(CancellationToken.None)).Find(model.Id)!.Revision);
        }
    }

    [Fact]
    public async Task Store_ThatLostItsData_IsBelieved()
    {
        await using var replica = await TestReplica.StartAsync(await SharedStores.GetAsync(StoreKind.Garnet), TestReplica.NewPrefix(), NoEvents);
        await replica.RegisterAsync("one");
        await replica.RegisterAsync("two");
        await replica.Store.RunAsync(database => database.KeyDeleteAsync([replica.Store.Keys.Models, replica.Store.Keys.Revision]));

        var model = await replica.RegisterAsync("three");

        Assert.Equal(1, model.Revision);
        Assert.Equal(["three"], replica.Catalog.Current.All.Select(left => left.Name));
    }

    [Theory]
    [InlineData("12 0 1 1\nnot json")]
    [InlineData("12 0 1 1\n{\"name\":null,\"version\":\"v1\",\"backend_type\":\"mock\"}")]
    [InlineData("12 0 1 999999999999999999\n{\"name\":\"bad\",\"version\":\"v1\",\"backend_type\":\"mock\"}")]
    public async Task Store_EntryThatCannotBeRead_IsLeftOutAlone(string entry)
    {
        await using var replica = await TestReplica.StartAsync(await SharedStores.GetAsync(StoreKind.Garnet), TestReplica.NewPrefix(), NoEvents);
        await replica.Store.RunAsync(database => database.HashSetAsync(replica.Store.Keys.Models, "bad@v1", entry));

        await replica.RegisterAsync("good");

        Assert.Equal(["good"], replica.Catalog.Current.All.Select(left => left.Name));
    }

    // Registrations, updates and deletions, each through the other replica than the one before.
    private static async Task<long> ChangeFiftyTimesAsync(TestReplica one, TestReplica two)
    {
        for (var i = 0; i < 20; i++)
        {
            await (i % 2 == 0 ? one : two).RegisterAsync($"m{i}");
        }

        for (var i = 0; i < 20; i++)
        {
            await (i % 2 == 0 ? two : one).Writer.UpdateAsync(TestReplica.Define($"m{i}", maxConcurrency: 2), expectedRevision: null);
        }

        for (var i = 0; i < 10; i++)
        {
            await (i % 2 == 0 ? one : two).Writer.DeleteAsync(TestReplica.Define($"m{i}").Id, expectedRevision: null, CancellationToken.None);
        }

        return 50;
    }

    private static string Content(TestReplica replica) =>
        string.Join(", ", replica.Get<ICatalog>().Current.All.Select(model => $"{model.Id} r{model.Revision} ×{model.MaxConcurrency}").Order(StringComparer.Ordinal));
}
