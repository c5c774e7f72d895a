using System.Net;
using ModelMesh.Contracts.Catalog;
using ModelMesh.Contracts.Errors;
using ModelMesh.Contracts.Traffic;
using ModelMesh.Registry.Catalog;
using ModelMesh.Registry.Leases;
using ModelMesh.Registry.Tests.Admin;
using ModelMesh.Registry.Tests.Catalog;
using ModelMesh.Registry.Tests.Replicas;
using ModelMesh.Registry.Traffic;
using ModelMesh.ServiceDefaults.Store;
using ModelMesh.Testing.Store;
using StackExchange.Redis;
using Xunit;

namespace ModelMesh.Registry.Tests.Traffic;

/// <summary>What something refers to cannot be deleted, whatever happens at the same time.</summary>
public sealed class ReferencedModelTests
{
    private static readonly ModelId Chat = new("chat", "v1");

    [Theory, OnGarnet, OnRedis]
    public async Task Delete_OfWhatIsReferredTo_NamesWhoDoesAndChangesNothing(StoreKind kind)
    {
        await using var replica = await TestReplica.StartAsync(await SharedStores.GetAsync(kind), TestReplica.NewPrefix());
        var model = await replica.RegisterAsync("chat");
        await WriteAsync(replica, new Alias { Name = "prod", Target = new("chat", "v1") });
        await WriteAsync(replica, new RoutingDefaults { Default = new("chat") });
        var revision = replica.Catalog.Current.Revision;

        foreach (var path in (string[])["/models/chat/versions/v1", "/models/chat/versions/v1?drain=true"])
        {
            var refused = await replica.Http.RemoveAsync(path);

            Assert.Equal((HttpStatusCode.Conflict, "conflict"), (refused.Status, refused.ErrorCode));
            Assert.Contains("alias 'prod', the routing refer to it", refused.Message, StringComparison.Ordinal);
        }

        Assert.Equal(revision, (await replica.Catalog.RefreshAsync(CancellationToken.None)).Revision);
        await ReleaseAsync(Assert.IsType<LeaseAnswer.Granted>(await replica.Leases.AcquireAsync(Chat, model.Revision)));
    }

    [Theory, OnGarnet, OnRedis]
    public async Task Delete_OfOneOfSeveralVersions_IsHeldByItsNameOnlyWhenItIsTheLastThatServes(StoreKind kind)
    {
        await using var replica = await TestReplica.StartAsync(await SharedStores.GetAsync(kind), TestReplica.NewPrefix(), ("Store:ReconcileInterval", "00:00:00.1"));
        await replica.RegisterAsync("chat");
        var second = await replica.Writer.RegisterAsync(TestReplica.Define("chat") with { Version = "v2" });
        await replica.RegisterAsync("chatter");
        await WriteAsync(replica, new Alias { Name = "prod", Target = new("chat") });
        var held = Assert.IsType<LeaseAnswer.Granted>(await replica.Leases.AcquireAsync(second.Id, second.Revision)).Lease;
        await replica.Writer.DrainAsync(second.Id, expectedRevision: null);

        Assert.Equal(ErrorCode.Conflict, await CodeAsync(() => replica.Writer.DeleteAsync(Chat, expectedRevision: null, CancellationToken.None)));
        Assert.Equal(ErrorCode.Conflict, await CodeAsync(() => replica.Writer.DrainAsync(Chat, expectedRevision: null)));

        await held.DisposeAsync();
        replica.Get<GateReconciler>().Wake();
        await Eventually.HoldsAsync(() => replica.Catalog.Current.Find(second.Id) is null, TimeSpan.FromSeconds(10), "the draining version is gone though its name is referred to");
    }

    [Theory, OnGarnet, OnRedis]
    public async Task Delete_OfTheLastThatServes_IsHeldByItsNameThoughAShadowVersionIsLeft(StoreKind kind)
    {
        await using var replica = await TestReplica.StartAsync(await SharedStores.GetAsync(kind), TestReplica.NewPrefix());
        await replica.RegisterAsync("chat");
        await replica.Writer.RegisterAsync(TestReplica.Define("chat") with { Version = "v2", Shadow = true });
        await replica.Writer.RegisterAsync(TestReplica.Define("copies") with { Shadow = true });
        await WriteAsync(replica, new Alias { Name = "prod", Target = new("chat") });

        Assert.Equal(ErrorCode.Conflict, await CodeAsync(() => replica.Writer.DeleteAsync(Chat, expectedRevision: null, CancellationToken.None)));
        Assert.Equal(ErrorCode.Conflict, await CodeAsync(() => replica.Writer.DrainAsync(Chat, expectedRevision: null)));
        Assert.Equal(ErrorCode.InvalidRequest, await CodeAsync(() => WriteAsync(replica, new Alias { Name = "copied", Target = new("copies") })));
        Assert.Equal(HttpStatusCode.BadRequest, (await replica.Http.SendAsync(HttpMethod.Post, "/aliases", """{"name":"copied","target":"copies"}""")).Status);

        // Weight 0 may be raised at any time.
        await replica.Writer.RegisterAsync(TestReplica.Define("chat") with { Version = "v3", Weight = 0 });
        await replica.Writer.DeleteAsync(Chat, expectedRevision: null, CancellationToken.None);
    }

    [Theory, OnGarnet, OnRedis]
    public async Task Change_OfWhatThousandsReferTo_NamesTenAndCountsTheRest(StoreKind kind)
    {
        const int Many = 9_000;
        await using var replica = await TestReplica.StartAsync(await SharedStores.GetAsync(kind), TestReplica.NewPrefix());
        var model = await replica.RegisterAsync("chat");
        Assert.IsType<GateClosing.Closed>(await replica.Gates.CloseIfIdleAsync(model));
        await WriteAsync(replica, new Alias { Name = "prod", Target = new("chat") });
        var store = replica.Get<StoreConnection>();
        var rule = new RoutingRule { Name = "r", Target = new("chat", "v1") };
        var stored = $"1 1 1 chat@v1 alias/prod\n{StoredTraffic.Definition(rule)}";
        await store.RunAsync(async database =>
        {
            await database.HashSetAsync(store.Keys.Traffic, [.. Enumerable.Range(0, Many).Select(i => new HashEntry($"rule/r{i:0000}", stored))]);
            return true;
        });

        foreach (var change in (Func<Task>[])[
            () => replica.Writer.DrainAsync(Chat, expectedRevision: null),
            () => replica.Writer.RemoveClosedAsync(model),
            () => replica.Traffic.RemoveAsync(new TrafficId(TrafficKinds.Alias, "prod"), expectedRevision: null)])
        {
            var refused = await Assert.ThrowsAsync<MeshException>(change);
            Assert.Equal(ErrorCode.Conflict, refused.Code);
            Assert.Matches("'r000[89]' and (8990|8991) more refer to it", refused.Message);
        }
    }

    [Fact]
    public void Conflict_OfARollout_SaysToAbortIt()
    {
        Assert.EndsWith(": rollout 'chat' refers to it. Abort that first.", Referrers.Conflict("It", ReferrerList.Of(["rollout/chat"])).Message, StringComparison.Ordinal);
        Assert.EndsWith(
            ": alias 'prod', rollout 'chat' refer to it. Change or delete that first, and abort the rollout.",
            Referrers.Conflict("It", ReferrerList.Of(["rollout/chat", "alias/prod"])).Message,
            StringComparison.Ordinal);
    }

    [Theory, OnGarnet, OnRedis]
    public async Task Removal_ThatAnAliasOvertook_IsRefusedAndTheModelServesOn(StoreKind kind)
    {
        await using var replica = await TestReplica.StartAsync(await SharedStores.GetAsync(kind), TestReplica.NewPrefix());
        await replica.Get<GateReconciler>().StopAsync(CancellationToken.None);
        var model = await replica.RegisterAsync("chat");
        Assert.IsType<GateClosing.Closed>(await replica.Gates.CloseIfIdleAsync(model));
        await WriteAsync(replica, new Alias { Name = "prod", Target = new("chat", "v1") });

        Assert.Equal(ErrorCode.Conflict, await CodeAsync(() => replica.Writer.RemoveClosedAsync(model)));

        var kept = replica.Catalog.Current.Find(Chat)!;
        Assert.True(kept.Revision > model.Revision);
        await ReleaseAsync(Assert.IsType<LeaseAnswer.Granted>(await replica.Leases.AcquireAsync(Chat, kept.Revision)));
    }

    [Theory, OnGarnet, OnRedis]
    public async Task Removal_ThatAnAliasOvertook_AndWhoseReplicaDied_IsUndoneByAnother(StoreKind kind)
    {
        await using var replica = await TestReplica.StartAsync(await SharedStores.GetAsync(kind), TestReplica.NewPrefix());
        await replica.Get<GateReconciler>().StopAsync(CancellationToken.None);
        var model = await replica.RegisterAsync("chat");
        Assert.IsType<GateClosing.Closed>(await replica.Gates.CloseIfIdleAsync(model));
        await WriteAsync(replica, new Alias { Name = "prod", Target = new("chat", "v1") });

        using var other = HalfWayCrashTests.Reconciler(replica);
        await other.PassAsync(CancellationToken.None);

        var kept = (await replica.Catalog.RefreshAsync(CancellationToken.None)).Find(Chat)!;
        await ReleaseAsync(Assert.IsType<LeaseAnswer.Granted>(await replica.Leases.AcquireAsync(Chat, kept.Revision)));
    }

    [Theory, OnGarnet, OnRedis]
    public async Task Delete_AgainstAlias_NeverLeavesAnAliasOfNothing(StoreKind kind)
    {
        var (server, prefix) = (await SharedStores.GetAsync(kind), TestReplica.NewPrefix());
        await using var one = await TestReplica.StartAsync(server, prefix);
        await using var two = await TestReplica.StartAsync(server, prefix);
        for (var round = 0; round < 20; round++)
        {
            var model = await one.RegisterAsync($"fight{round}");
            var alias = new Alias { Name = $"alias{round}", Target = new(model.Name) };
            await Task.WhenAll(
                TryAsync(() => one.Writer.DeleteAsync(model.Id, expectedRevision: null, CancellationToken.None)),
                TryAsync(() => WriteAsync(two, alias)));

            var catalog = await one.Catalog.RefreshAsync(CancellationToken.None);
            Assert.Equal(catalog.Find(model.Id) is not null, catalog.Traffic.Aliases.ContainsKey(alias.Name));
            if (catalog.Find(model.Id) is { } left)
            {
                await ReleaseAsync(Assert.IsType<LeaseAnswer.Granted>(await two.Leases.AcquireAsync(left.Id, left.Revision)));
            }
        }
    }

    [Theory]
    [InlineData(RolloutStatuses.Pending, true)]
    [InlineData(RolloutStatuses.Running, true)]
    [InlineData(RolloutStatuses.Paused, true)]
    [InlineData(RolloutStatuses.Completed, false)]
    [InlineData(RolloutStatuses.Failed, false)]
    [InlineData(RolloutStatuses.RolledBack, false)]
    public void Rollout_RefersToItsVersionsUntilItHasEnded(string status, bool refers) => Assert.Equal(
        refers ? ["chat@v1", "chat@v2"] : Array.Empty<string>(),
        TrafficReference.Of(new Rollout { Model = "chat", RequestId = "r", From = "v1", To = "v2", Strategy = RolloutStrategies.Canary, Status = status }).Select(reference => reference.Key));

    private static Task<Written<Alias>> WriteAsync(TestReplica replica, Alias alias) => WriteAsync(replica, new TrafficId(TrafficKinds.Alias, alias.Name), alias);

    private static Task<Written<RoutingDefaults>> WriteAsync(TestReplica replica, RoutingDefaults routing) => WriteAsync(replica, new TrafficId(TrafficKinds.Routing, RoutingDefaults.Name), routing);

    private static Task<Written<T>> WriteAsync<T>(TestReplica replica, TrafficId id, T entry)
        where T : ITrafficEntry => replica.Traffic.WriteAsync(id, entry, TrafficReference.Of(entry), expectedRevision: null);

    private static async Task<ErrorCode> CodeAsync(Func<Task> change) => (await Assert.ThrowsAsync<MeshException>(change)).Code;

    private static ValueTask ReleaseAsync(LeaseAnswer.Granted granted) => granted.Lease.DisposeAsync();

    private static async Task TryAsync(Func<Task> change)
    {
        try
        {
            await change();
        }
        catch (MeshException exception) when (exception.Code is ErrorCode.Conflict or ErrorCode.InvalidRequest or ErrorCode.ModelNotFound)
        {
            // One of them loses; the outcome is what counts.
        }
    }
}
