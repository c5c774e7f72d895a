using Microsoft.Extensions.DependencyInjection;
using ModelMesh.Contracts.Catalog;
using ModelMesh.Registry.Leases;
using ModelMesh.Registry.Tests.Plugins;
using Xunit;

namespace ModelMesh.Registry.Tests.Diagnostics;

public sealed class RegistryMetricsTests
{
    [Fact]
    public async Task Metrics_OfARegistry_SayHowModelsPluginsSlotsCatalogAndStoreStand()
    {
        await using var registry = await WholeRegistry.StartAsync();
        registry.Folders.DropMock();
        await registry.ShowsAsync("ModelMesh.Backends.Mock mock 0.1.0 ready");
        await registry.RegisterAsync("chat", "mock");
        var answer = await registry.Services.GetRequiredService<ILeases>().AcquireAsync(new ModelId("chat", "v1"), servedRevision: long.MaxValue);
        await using var lease = Assert.IsType<LeaseAnswer.Granted>(answer).Lease;

        var lines = await LinesAsync(registry);

        Assert.Contains("modelmesh_registry_version_ready{model=\"chat\",version=\"v1\"} 1", lines);
        Assert.Contains("modelmesh_registry_versions{status=\"ready\"} 1", lines);
        Assert.Contains("modelmesh_registry_leases_held{model=\"chat\",version=\"v1\"} 1", lines);
        Assert.Contains("modelmesh_registry_leases_limit{model=\"chat\",version=\"v1\"} 100", lines);
        Assert.Contains("modelmesh_registry_breaker_state{endpoint=\"1\",model=\"chat\",version=\"v1\"} 0", lines);
        Assert.Contains("modelmesh_registry_plugins{plugin=\"ModelMesh.Backends.Mock\",state=\"ready\",type=\"mock\"} 1", lines);
        Assert.Contains("modelmesh_registry_plugins_outdated{plugin=\"ModelMesh.Backends.Mock\",type=\"mock\"} 0", lines);
        Assert.Contains("modelmesh_registry_rollouts{status=\"running\"} 0", lines);
        Assert.Contains("modelmesh_store_up 1", lines);
        Assert.Contains("modelmesh_store_command_duration_seconds_count{command=\"lease_acquire\"} 1", lines);
        Assert.Contains("modelmesh_catalog_versions 1", lines);
        Assert.Contains("modelmesh_instances 1", lines);
    }

    [Fact]
    public async Task Metrics_SlotsThatTheStoreKnowsNoMore_AreCountedAsLost()
    {
        await using var registry = await WholeRegistry.StartAsync();
        registry.Folders.DropMock();
        await registry.ShowsAsync("ModelMesh.Backends.Mock mock 0.1.0 ready");
        await registry.RegisterAsync("chat", "mock");
        var leases = registry.Services.GetRequiredService<LeaseManager>();
        var answer = await leases.AcquireAsync(new ModelId("chat", "v1"), servedRevision: long.MaxValue);
        await using var lease = Assert.IsType<LeaseAnswer.Granted>(answer).Lease;
        var store = registry.Services.GetRequiredService<ServiceDefaults.Store.StoreConnection>();
        await store.RunAsync(database => database.KeyDeleteAsync(store.Keys.Leases(new ModelId("chat", "v1"))));

        await leases.RenewAsync();

        var lines = await LinesAsync(registry);
        Assert.Contains("modelmesh_registry_leases_lost_total{model=\"chat\",reason=\"gone\",version=\"v1\"} 1", lines);
        Assert.Contains(lines, line => line.StartsWith("modelmesh_registry_leases_renewal_duration_seconds_count{outcome=\"renewed\"}", StringComparison.Ordinal));
        Assert.Contains("modelmesh_registry_leases_held{model=\"chat\",version=\"v1\"} 0", lines);
    }

    private static async Task<string[]> LinesAsync(WholeRegistry registry) => (await registry.Http.GetStringAsync(new Uri("/metrics", UriKind.Relative))).Split('\n');
}
