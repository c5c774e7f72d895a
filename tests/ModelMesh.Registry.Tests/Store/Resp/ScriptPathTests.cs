using ModelMesh.Contracts.Errors;
using ModelMesh.Registry.Leases;
using ModelMesh.Registry.Tests.Replicas;
using ModelMesh.ServiceDefaults.Store;
using ModelMesh.ServiceDefaults.Store.Resp;
using ModelMesh.Testing.Store;
using Xunit;

namespace ModelMesh.Registry.Tests.Store.Resp;

/// <summary>Which connection the scripts of a request go over, and what becomes of the session with it.</summary>
public sealed class ScriptPathTests
{
    [Theory, OnRedis]
    public async Task Store_ClosesTheConnectionForScripts_SessionEndsAndAnotherBegins(StoreKind kind)
    {
        await using var server = await StoreServer.StartAsync(kind);
        await using var replica = await TestReplica.StartAsync(server, "mesh");
        var model = await replica.RegisterAsync("cut");
        await LeaseAsync(replica, model.Id, model.Revision);
        var begun = 0;
        replica.Store.Connected += () => Interlocked.Increment(ref begun);

        using var admin = await RespHandshake.OpenAsync(RespSettings.Choose(server.ConnectionString, [])!, TimeSpan.FromSeconds(30), TimeProvider.System, CancellationToken.None);
        await Eventually.HoldsAsync(() => KillWhoRanAScriptAsync(admin), TimeSpan.FromSeconds(30), "the connection for scripts is closed");
        await Eventually.HoldsAsync(() => Volatile.Read(ref begun) == 1, TimeSpan.FromSeconds(30), "another session begins");
        await LeaseAsync(replica, model.Id, model.Revision);
    }

    [Theory, OnGarnet, OnRedis]
    public async Task Lease_ConnectionStringForTheClientLibraryAlone_IsGrantedRefusedAndGivenBackTheSame(StoreKind kind)
    {
        var server = await SharedStores.GetAsync(kind);
        await using var replica = await TestReplica.StartAsync($"{server.ConnectionString},proxy=none", TestReplica.NewPrefix(), waitForStore: true);
        var model = await replica.RegisterAsync("library");

        var lease = Assert.IsType<LeaseAnswer.Granted>(await replica.Leases.AcquireAsync(model.Id, model.Revision)).Lease;
        Assert.Equal(new LeaseAnswer.AtCapacity(1, 1), await replica.Leases.AcquireAsync(model.Id, model.Revision));
        Assert.True(await replica.Leases.RenewAsync());
        Assert.False(lease.Lost.IsCancellationRequested);
        await lease.DisposeAsync();
        await LeaseAsync(replica, model.Id, model.Revision);
    }

    [Theory]
    [InlineData("")]
    [InlineData(",proxy=none")]
    public async Task RunScript_ThatFails_IsRefusedTheSameOverBothConnections(string options)
    {
        var server = await SharedStores.GetAsync(StoreKind.Garnet);
        var prefix = TestReplica.NewPrefix();
        await using var replica = await TestReplica.StartAsync(server.ConnectionString + options, prefix, waitForStore: true);
        await replica.Store.RunAsync(database => database.StringSetAsync($"{prefix}:text", "no sorted set"));

        var refused = await Assert.ThrowsAsync<StoreRefusedException>(
            () => replica.Store.RunScriptAsync("test", new ScriptCall(StoreScript.Load<LeaseManager>("keep.lua"), [$"{prefix}:text", $"{prefix}:text"], ["nobody"])));

        Assert.Contains("WRONGTYPE", refused.Message, StringComparison.Ordinal);
        Assert.True(replica.Store.IsConnected);
    }

    [Fact]
    public async Task RunScript_StoreAway_SaysSoAtOnce()
    {
        await using var server = await StoreServer.StartAsync(StoreKind.Garnet);
        await using var replica = await TestReplica.StartAsync(server, "mesh");
        await server.KillAsync();
        await Eventually.HoldsAsync(() => !replica.Store.IsConnected, TimeSpan.FromSeconds(30), "the loss is noticed");

        var failure = await Assert.ThrowsAsync<MeshException>(
            () => replica.Store.RunScriptAsync("test", new ScriptCall(StoreScript.Load<LeaseManager>("keep.lua"), ["a", "b"], ["nobody"])));

        Assert.Equal(ErrorCode.StoreUnavailable, failure.Code);
    }

    // The client library runs scripts too, now and then: there are two for that moment.
    private static async Task<bool> KillWhoRanAScriptAsync(RespConnection admin)
    {
        var clients = (await admin.CallAsync(new WordsCommand("CLIENT", "LIST"))).Text!.Split('\n');
        if (clients.Where(client => client.Contains(" cmd=eval", StringComparison.Ordinal)).ToArray() is not [var own])
        {
            return false;
        }

        (await admin.CallAsync(new WordsCommand("CLIENT", "KILL", "ID", own.Split(' ')[0]["id=".Length..]))).ThrowIfRefused();
        return true;
    }

    private static async Task LeaseAsync(TestReplica replica, Contracts.Catalog.ModelId model, long revision) =>
        await Assert.IsType<LeaseAnswer.Granted>(await replica.Leases.AcquireAsync(model, revision)).Lease.DisposeAsync();
}
