using System.Text.Json;
using ModelMesh.Contracts.Catalog;
using ModelMesh.Contracts.Figures;
using ModelMesh.Registry.Tests.ModelHealth;
using ModelMesh.ServiceDefaults.Store;
using ModelMesh.Testing.Store;
using Xunit;

namespace ModelMesh.Registry.Tests.Figures;

public sealed class FigurePublisherTests : HealthScenario
{
    [Theory, OnGarnet, OnRedis]
    public async Task Figures_OfAModelThatIsUsed_AreInTheStoreWithItsStatusHealthAndStreams(StoreKind kind)
    {
        var registry = await StartAsync(kind, [.. NoProbes, ("Figures:PublishInterval", "00:00:00.1")]);
        await registry.RegisterAsync(Patient.Backend);
        await EventuallyAsync(registry, figures => figures is { Status: "ready", Health: null, FirstTokens: 0, Active: 0 });
        Patient.Set("chat", "ok");
        await InferAsync(registry);
        await InferAsync(registry);

        await EventuallyAsync(registry, figures => figures is { Status: "ready", Health: "healthy", HealthAt: not null, FirstTokens: 2, Active: 0, Revision: 1, FirstTokenMs: > 0 });

        Patient.Set("chat", "Unavailable");
        await InferAsync(registry);
        await EventuallyAsync(registry, figures => figures is { Health: "unhealthy", HealthReason: "The patient says Unavailable.", FirstTokens: 2 });
    }

    [Fact]
    public async Task Figures_OfAReplicaThatStops_AreTakenBack()
    {
        var (stopping, other) = (await StartAsync(StoreKind.Garnet, NoProbes), await StartAsync(StoreKind.Garnet, NoProbes));
        var (store, key) = (other.Get<StoreConnection>(), other.Get<StoreConnection>().Keys.InstanceModels(stopping.Id));
        await Eventually.HoldsAsync(() => store.RunAsync(database => database.KeyExistsAsync(key)), Soon, "its figures are there");

        await stopping.DisposeAsync();

        Assert.False(await store.RunAsync(database => database.KeyExistsAsync(key)));
    }

    private static Task<TimeSpan> EventuallyAsync(HealthReplica registry, Func<ModelFigures?, bool> condition) => Eventually.HoldsAsync(
        async () => condition(await ReadAsync(registry)), Soon, "the figures are as expected");

    private static async Task<ModelFigures?> ReadAsync(HealthReplica registry)
    {
        var store = registry.Get<StoreConnection>();
        var text = await store.RunAsync(database => database.HashGetAsync(store.Keys.InstanceModels(registry.Id), new ModelId("chat", "v1").ToString()));
        return text.IsNull ? null : JsonSerializer.Deserialize(text.ToString(), FigureJson.Default.ModelFigures);
    }
}
