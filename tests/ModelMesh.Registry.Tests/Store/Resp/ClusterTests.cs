using ModelMesh.Registry.Leases;
using ModelMesh.Registry.Tests.Replicas;
using ModelMesh.ServiceDefaults.Store.Resp;
using ModelMesh.Testing.Store;
using Xunit;

namespace ModelMesh.Registry.Tests.Store.Resp;

/// <summary>Only the client library follows a cluster's answers to another server.</summary>
public sealed class ClusterTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    [Theory, OnRedis]
    public async Task Lease_OneServer_GoesOverAConnectionOfOurOwn(StoreKind kind)
    {
        await using var server = await StoreServer.StartAsync(kind);
        using var admin = await OpenAsync(server);

        await LeaseAsync(server, admin, new ConnectedClients(Commands: 2, Subscriptions: 1));
    }

    [Theory, OnRedis]
    public async Task Lease_Cluster_IsLeftToTheClientLibrary(StoreKind kind)
    {
        await using var server = await StoreServer.StartAsync(kind, "--cluster-enabled", "yes", "--cluster-port", $"{LoopbackPort.Free()}");
        using var admin = await OpenAsync(server);
        (await admin.CallAsync(new WordsCommand("CLUSTER", "ADDSLOTSRANGE", "0", "16383"))).ThrowIfRefused();
        await Eventually.HoldsAsync(
            async () => (await admin.CallAsync(new WordsCommand("CLUSTER", "INFO"))).Text!.Contains("cluster_state:ok", StringComparison.Ordinal),
            Patience,
            "the cluster serves");

        await LeaseAsync(server, admin, new ConnectedClients(Commands: 1, Subscriptions: 1));
    }

    private static async Task LeaseAsync(StoreServer server, RespConnection admin, ConnectedClients expected)
    {
        await using var replica = await TestReplica.StartAsync(server, "mesh");
        var model = await replica.RegisterAsync("leased");
        var lease = Assert.IsType<LeaseAnswer.Granted>(await replica.Leases.AcquireAsync(model.Id, model.Revision)).Lease;

        // The library's subscriptions may come later; a connection of ours was there before the lease.
        await Eventually.HoldsAsync(async () => (await ConnectedClients.AskAsync(admin)).Subscriptions == expected.Subscriptions, Patience, "the library subscribes");
        Assert.Equal(expected, await ConnectedClients.AskAsync(admin));
        await lease.DisposeAsync();
    }

    private static Task<RespConnection> OpenAsync(StoreServer server) =>
        RespHandshake.OpenAsync(RespSettings.Choose(server.ConnectionString, [])!, Patience, TimeProvider.System, CancellationToken.None);
}
