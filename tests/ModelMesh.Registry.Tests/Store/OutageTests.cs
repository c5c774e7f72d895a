using System.Diagnostics;
using System.Net;
using ModelMesh.Contracts.Errors;
using ModelMesh.Registry.Leases;
using ModelMesh.Registry.Tests.Admin;
using ModelMesh.Registry.Tests.Replicas;
using ModelMesh.ServiceDefaults.Instances;
using ModelMesh.Testing.Store;
using Xunit;

namespace ModelMesh.Registry.Tests.Store;

[Collection("Store")]
public sealed class OutageTests
{
    // Whoever waited for a command's time-out took longer.
    private static readonly TimeSpan AtOnce = TimeSpan.FromSeconds(1);

    [Theory, OnGarnet, OnRedis]
    public async Task Store_KilledAndStartedAgain_RefusesAtOnceThenAllIsWell(StoreKind kind)
    {
        await using var server = await StoreServer.StartAsync(kind);
        await using var one = await TestReplica.StartAsync(server, "mesh");
        await using var two = await TestReplica.StartAsync(server, "mesh");
        var model = await one.RegisterAsync("kept", maxConcurrency: 2);
        var held = Granted(await one.Leases.AcquireAsync(model.Id, model.Revision));
        await Eventually.HoldsAsync(() => one.Get<IInstanceDirectory>().Current.Count == 2, TimeSpan.FromSeconds(5), "both instances are known");

        await server.KillAsync();

        await Eventually.HoldsAsync(() => !one.Store.IsConnected && !two.Store.IsConnected, AtOnce, "the loss is noticed");
        for (var i = 0; i < 10; i++)
        {
            await RefusedAtOnceAsync(() => one.Leases.AcquireAsync(model.Id, model.Revision));
            await RefusedAtOnceAsync(() => one.Catalog.RefreshAsync(CancellationToken.None));
        }

        var since = Stopwatch.StartNew();
        var write = await one.Http.PostAsync("""{"name":"new","version":"v1","backend_type":"mock"}""");
        Assert.Equal((HttpStatusCode.ServiceUnavailable, "store_unavailable"), (write.Status, write.ErrorCode));
        Assert.Equal(HttpStatusCode.ServiceUnavailable, (await one.Http.RemoveAsync("/models/kept/versions/v1")).Status);
        var read = await one.Http.ReadAsync("/models/kept/versions/v1");
        Assert.Equal((HttpStatusCode.OK, "null"), (read.Status, read.Body.GetProperty("active").GetRawText()));
        Assert.InRange(since.Elapsed, TimeSpan.Zero, AtOnce * 2);
        Assert.Equal(2, one.Get<IInstanceDirectory>().Current.Count);
        Assert.False(held.Lost.IsCancellationRequested);

        await server.StartAsync();

        var noticed = await Eventually.HoldsAsync(() => one.Store.IsConnected && two.Store.IsConnected, TimeSpan.FromSeconds(3), "the store's return is noticed");
        Assert.InRange(noticed, TimeSpan.Zero, TimeSpan.FromSeconds(2));
        var second = Granted(await two.Leases.AcquireAsync(model.Id, model.Revision));
        Assert.Equal(new LeaseAnswer.AtCapacity(2, 2), await two.Leases.AcquireAsync(model.Id, model.Revision));
        var added = await two.RegisterAsync("after");
        Assert.True(added.Revision > model.Revision);
        await Eventually.HoldsAsync(() => one.Catalog.Current.Find(added.Id) is not null, TimeSpan.FromSeconds(3), "the other replica hears of changes again");
        Assert.Equal(2, one.Get<IInstanceDirectory>().Current.Count);
        await held.DisposeAsync();
        await second.DisposeAsync();
        Assert.Equal([0], await one.Counts.CountAsync([model.Id]));
    }

    [Theory, OnGarnet, OnRedis]
    public async Task Store_Paused_IsGivenUpAfterOneTimeoutAndALateLeaseIsReleased(StoreKind kind)
    {
        await using var server = await StoreServer.StartAsync(kind);
        await using var replica = await TestReplica.StartAsync(server, "mesh", ("Store:CommandTimeout", "00:00:01"), ("Leases:Ttl", "00:01:00"));
        var model = await replica.RegisterAsync("late");

        server.Pause();
        var since = Stopwatch.StartNew();
        var failure = await Assert.ThrowsAsync<MeshException>(() => replica.Leases.AcquireAsync(model.Id, model.Revision));
        Assert.Equal(ErrorCode.StoreUnavailable, failure.Code);
        Assert.InRange(since.Elapsed, TimeSpan.Zero, TimeSpan.FromSeconds(2));
        await RefusedAtOnceAsync(() => replica.Leases.AcquireAsync(model.Id, model.Revision));
        server.Resume();

        await Eventually.HoldsAsync(() => replica.Store.IsConnected, TimeSpan.FromSeconds(10), "the store counts as back");
        LeaseAnswer? answer = null;
        await Eventually.HoldsAsync(
            async () => (answer = await replica.Leases.AcquireAsync(model.Id, model.Revision)) is LeaseAnswer.Granted,
            TimeSpan.FromSeconds(10),
            "the slot that was granted late is free again, long before its time to live");
        await Granted(answer!).DisposeAsync();
    }

    [Fact]
    public async Task Store_AwayForLongerThanTheTtl_LosesTheLeasesInTime()
    {
        await using var server = await StoreServer.StartAsync(StoreKind.Garnet);
        await using var replica = await TestReplica.StartAsync(server, "mesh", ("Leases:Ttl", "00:00:04"));
        var model = await replica.RegisterAsync("cut");
        var lease = Granted(await replica.Leases.AcquireAsync(model.Id, model.Revision));

        await server.KillAsync();
        var took = await Eventually.HoldsAsync(() => lease.Lost.IsCancellationRequested, TimeSpan.FromSeconds(8), "the lease is lost");

        // The last renewal was at most a third of the time before the kill.
        Assert.InRange(took, TimeSpan.FromSeconds(2), TimeSpan.FromSeconds(4));
    }

    [Theory, OnGarnet, OnRedis]
    public async Task Store_AwayAtTheStart_IsWaitedForWithoutBlocking(StoreKind kind)
    {
        await using var server = await StoreServer.StartAsync(kind);
        await server.StopAsync();
        var since = Stopwatch.StartNew();

        await using var replica = await TestReplica.StartAsync(server.ConnectionString, "mesh", waitForStore: false);

        // A start that waits for the client library takes that one's connect time-out of 2 s at least.
        Assert.InRange(since.Elapsed, TimeSpan.Zero, TimeSpan.FromSeconds(1.9));
        await RefusedAtOnceAsync(() => replica.Catalog.RefreshAsync(CancellationToken.None));
        Assert.Equal(HttpStatusCode.ServiceUnavailable, (await replica.Http.ReadAsync("/models/x/versions/v1")).Status);
        await server.StartAsync();
        var noticed = await Eventually.HoldsAsync(() => replica.Store.IsConnected, TimeSpan.FromSeconds(5), "the store is noticed");

        // The client library's first attempt runs into that time-out before it starts to retry.
        Assert.InRange(noticed, TimeSpan.Zero, TimeSpan.FromSeconds(4));
        await replica.RegisterAsync("first");
        await Eventually.HoldsAsync(() => replica.Get<IInstanceDirectory>().Current.Count == 1, TimeSpan.FromSeconds(5), "the instance announced itself");
    }

    private static async Task RefusedAtOnceAsync<T>(Func<Task<T>> call)
    {
        var since = Stopwatch.StartNew();
        var failure = await Assert.ThrowsAsync<MeshException>(call);
        Assert.Equal(ErrorCode.StoreUnavailable, failure.Code);
        Assert.InRange(since.Elapsed, TimeSpan.Zero, AtOnce);
    }

    private static Lease Granted(LeaseAnswer answer) => Assert.IsType<LeaseAnswer.Granted>(answer).Lease;
}
