using System.Text.Json.Nodes;
using ModelMesh.Contracts.Catalog;
using ModelMesh.Registry.Leases;
using ModelMesh.Registry.Tests.Fakes;
using ModelMesh.Registry.Tests.Plugins;
using ModelMesh.Registry.Tests.Replicas;
using ModelMesh.Registry.Tests.Store;
using ModelMesh.Testing.Store;
using Xunit;

namespace ModelMesh.Registry.Tests.Leases;

/// <summary>What a lease, and a whole request, sends to the store: each command is a round trip.</summary>
public sealed class LeaseCommandTests
{
    // So that nothing is renewed while a test runs.
    private static readonly (string, string) LongTtl = ("Leases:Ttl", "00:05:00");

    [Theory, OnGarnet, OnRedis]
    public async Task Lease_AcquiredAndGivenBack_IsOneCommandEach(StoreKind kind)
    {
        using var tap = new CommandTap((await SharedStores.GetAsync(kind)).Port);
        await using var replica = await TestReplica.StartAsync(tap.ConnectionString, TestReplica.NewPrefix(), waitForStore: true, LongTtl);
        var model = await replica.RegisterAsync("counted");
        var leases = replica.Store.Keys.Leases(model.Id).ToString();

        // A store that does not know a script yet is sent its text.
        await (await GrantedAsync(replica.Leases, model)).DisposeAsync();
        tap.Take();

        var lease = await GrantedAsync(replica.Leases, model);
        Assert.Equal(["EVALSHA"], Naming(tap, leases));
        await lease.DisposeAsync();
        Assert.Equal(["EVALSHA"], Naming(tap, leases));
    }

    [Theory, OnGarnet, OnRedis]
    public async Task Request_Served_SendsTheTwoCommandsOfItsLeaseAndNoOther(StoreKind kind)
    {
        const int Requests = 100;
        var (prefix, folders) = (TestReplica.NewPrefix(), new PluginFolders());
        folders.DropMock();
        using var tap = new CommandTap((await SharedStores.GetAsync(kind)).Port);
        await using var registry = await WholeRegistry.StartAsync(tap.ConnectionString, prefix, folders, LongTtl, ("Store:ReconcileInterval", "00:01:00"));
        using (var created = await registry.PostAsync("counted", "mock", new JsonObject { ["tokens"] = 5 }))
        {
            created.EnsureSuccessStatusCode();
        }

        await registry.AnswerAsync("counted");
        tap.Take();
        for (var request = 0; request < Requests; request++)
        {
            await registry.AnswerAsync("counted");
        }

        var commands = tap.Take();
        var ofLeases = commands.Where(command => command.Any(word => word.EndsWith(":leases", StringComparison.Ordinal))).ToList();
        Assert.Equal(Enumerable.Repeat("EVALSHA", 2 * Requests), ofLeases.Select(command => command[0]));

        // What a registry tells of itself goes on meanwhile, at its own pace and not at that of the requests.
        var others = commands.Except(ofLeases).CountBy(command => command[0] + command.FirstOrDefault(word => word.StartsWith(prefix, StringComparison.Ordinal)));
        Assert.DoesNotContain(others, other => other.Value >= Requests);
    }

    private static async Task<Lease> GrantedAsync(LeaseManager leases, ModelVersion model) =>
        Assert.IsType<LeaseAnswer.Granted>(await leases.AcquireAsync(model.Id, model.Revision)).Lease;

    private static string[] Naming(CommandTap tap, string key) => [.. tap.Take().Where(command => command.Contains(key, StringComparer.Ordinal)).Select(command => command[0])];
}
