using ModelMesh.Contracts.Catalog;
using ModelMesh.Contracts.Errors;
using ModelMesh.Contracts.Traffic;
using ModelMesh.Registry.Tests.Replicas;
using ModelMesh.Registry.Traffic;
using ModelMesh.Testing.Store;
using Xunit;

namespace ModelMesh.Registry.Tests.Traffic;

/// <summary>The scripts that change entries of the traffic, on every store.</summary>
public sealed class TrafficWriterTests
{
    [Theory, OnGarnet, OnRedis]
    public async Task Write_AnyEntry_IsInEveryReplicasSnapshotWithItsRevision(StoreKind kind)
    {
        var (server, prefix) = (await SharedStores.GetAsync(kind), TestReplica.NewPrefix());
        await using var one = await TestReplica.StartAsync(server, prefix);
        await using var two = await TestReplica.StartAsync(server, prefix);
        await one.RegisterAsync("chat");

        var written = await WriteAsync(one, Aim("prod", "chat", "v1"));

        Assert.True(written.Created);
        Assert.Equal(written.Entry, (await two.Catalog.RefreshAsync(CancellationToken.None)).Traffic.Aliases["prod"]);
        Assert.Equal(written.Entry.Revision, two.Catalog.Current.Revision);
        Assert.Equal(one.Catalog.Current.Revision, written.Entry.Revision);
    }

    [Theory, OnGarnet, OnRedis]
    public async Task Write_Again_KeepsTheBirthdayAndTellsOfTheChange(StoreKind kind)
    {
        await using var replica = await TestReplica.StartAsync(await SharedStores.GetAsync(kind), TestReplica.NewPrefix());
        await replica.RegisterAsync("chat");
        var first = await WriteAsync(replica, Aim("prod", "chat", "v1"));
        var events = new List<CatalogEvent>();
        replica.Catalog.Changed += change => events.AddRange(change.Events);

        var second = await WriteAsync(replica, Aim("prod", "chat", version: null), first.Entry.Revision);

        Assert.False(second.Created);
        Assert.Equal(first.Entry.CreatedAt, second.Entry.CreatedAt);
        Assert.Equal([new CatalogEvent(second.Entry.Revision, CatalogEventKinds.Written, "alias/prod")], events);
    }

    [Theory, OnGarnet, OnRedis]
    public async Task Write_ToWhatIsNotRegistered_NamesEveryFieldAndStoresNothing(StoreKind kind)
    {
        await using var replica = await TestReplica.StartAsync(await SharedStores.GetAsync(kind), TestReplica.NewPrefix());
        await replica.RegisterAsync("chat");
        await WriteAsync(replica, Aim("prod", "chat", version: null));
        var routing = new RoutingDefaults
        {
            Default = new("nobody"),
            Fallbacks = [new("chat", "v1"), new("chat", "v9"), new("prod"), new("prod", "v1")],
        };

        var refused = await Assert.ThrowsAsync<MeshException>(() => WriteAsync(replica, new TrafficId(TrafficKinds.Routing, RoutingDefaults.Name), routing, expected: null));

        Assert.Equal((ErrorCode.InvalidRequest, 3), (refused.Code, refused.Details.Count));
        Assert.Equal(["default", "fallbacks[1]", "fallbacks[3]"], refused.Details.Select(detail => detail.Field));
        Assert.Null((await replica.Catalog.RefreshAsync(CancellationToken.None)).Traffic.Find(new(TrafficKinds.Routing, RoutingDefaults.Name)));
    }

    [Theory, OnGarnet, OnRedis]
    public async Task Alias_OfAnAlias_OrByTheNameOfAModel_IsRefused(StoreKind kind)
    {
        await using var replica = await TestReplica.StartAsync(await SharedStores.GetAsync(kind), TestReplica.NewPrefix());
        await replica.RegisterAsync("chat");
        await WriteAsync(replica, Aim("prod", "chat", version: null));

        Assert.Equal(ErrorCode.InvalidRequest, await CodeAsync(() => WriteAsync(replica, Aim("staging", "prod", version: null))));
        Assert.Equal(ErrorCode.Conflict, await CodeAsync(() => WriteAsync(replica, Aim("chat", "chat", version: null))));
        Assert.Equal(ErrorCode.Conflict, await CodeAsync(() => replica.RegisterAsync("prod")));
        Assert.Empty(replica.Catalog.Current.VersionsOf("prod"));
    }

    [Theory, OnGarnet, OnRedis]
    public async Task Write_OfAnotherRevisionThanExpected_ChangesNothing(StoreKind kind)
    {
        await using var replica = await TestReplica.StartAsync(await SharedStores.GetAsync(kind), TestReplica.NewPrefix());
        await replica.RegisterAsync("chat");
        Assert.Equal(ErrorCode.PreconditionFailed, await CodeAsync(() => WriteAsync(replica, Aim("prod", "chat", "v1"), expected: 7)));
        var first = await WriteAsync(replica, Aim("prod", "chat", "v1"), expected: 0);

        Assert.Equal(ErrorCode.Conflict, await CodeAsync(() => WriteAsync(replica, Aim("prod", "chat", version: null), expected: 0)));
        Assert.Equal(ErrorCode.PreconditionFailed, await CodeAsync(() => WriteAsync(replica, Aim("prod", "chat", version: null), first.Entry.Revision - 1)));
        Assert.Equal(ErrorCode.PreconditionFailed, await CodeAsync(() => replica.Traffic.RemoveAsync(new(TrafficKinds.Alias, "prod"), first.Entry.Revision - 1)));
        Assert.Equal(first.Entry, (await replica.Catalog.RefreshAsync(CancellationToken.None)).Traffic.Aliases["prod"]);
    }

    [Theory, OnGarnet, OnRedis]
    public async Task Remove_AliasThatARuleTargets_IsAConflictUntilTheRuleIsGone(StoreKind kind)
    {
        await using var replica = await TestReplica.StartAsync(await SharedStores.GetAsync(kind), TestReplica.NewPrefix());
        await replica.RegisterAsync("chat");
        await WriteAsync(replica, Aim("prod", "chat", version: null));
        var rule = new RoutingRule { Name = "gold users", Target = new("prod") };
        await WriteAsync(replica, new TrafficId(TrafficKinds.Rule, rule.Name), rule, expected: null);

        var refused = await Assert.ThrowsAsync<MeshException>(() => replica.Traffic.RemoveAsync(new(TrafficKinds.Alias, "prod"), expectedRevision: null));

        Assert.Equal(ErrorCode.Conflict, refused.Code);
        Assert.Contains("rule 'gold users' refers to it", refused.Message, StringComparison.Ordinal);
        Assert.True(await replica.Traffic.RemoveAsync(new(TrafficKinds.Rule, rule.Name), expectedRevision: null));
        Assert.True(await replica.Traffic.RemoveAsync(new(TrafficKinds.Alias, "prod"), expectedRevision: null));
        Assert.False(await replica.Traffic.RemoveAsync(new(TrafficKinds.Alias, "prod"), expectedRevision: null));
        Assert.Empty(replica.Catalog.Current.Traffic.Entries);
    }

    private static Alias Aim(string name, string model, string? version) => new() { Name = name, Target = new ModelTarget(model, version) };

    private static Task<Written<Alias>> WriteAsync(TestReplica replica, Alias alias, long? expected = null) =>
        WriteAsync(replica, new TrafficId(TrafficKinds.Alias, alias.Name), alias, expected);

    private static Task<Written<T>> WriteAsync<T>(TestReplica replica, TrafficId id, T entry, long? expected)
        where T : ITrafficEntry => replica.Traffic.WriteAsync(id, entry, TrafficReference.Of(entry), expected);

    private static async Task<ErrorCode> CodeAsync(Func<Task> change) => (await Assert.ThrowsAsync<MeshException>(change)).Code;
}
