using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using ModelMesh.Contracts.Catalog;
using ModelMesh.Contracts.V1;
using ModelMesh.Registry.Catalog;
using ModelMesh.Registry.Instances;
using ModelMesh.Registry.Tests.Admin;
using ModelMesh.Registry.Tests.Fakes;
using ModelMesh.Registry.Tests.Inference;
using ModelMesh.Registry.Tests.Plugins;
using ModelMesh.Registry.Tests.Replicas;
using ModelMesh.ServiceDefaults.Instances;
using ModelMesh.Testing.Store;
using Xunit;

namespace ModelMesh.Registry.Tests.Requests;

/// <summary>Two whole replicas of one mesh that know each other, for tests that each have models of their own: their names are shared too.</summary>
[CollectionDefinition(nameof(RequestsMesh))]
public sealed class RequestsMesh : IAsyncLifetime, ICollectionFixture<RequestsMesh>
{
    internal const string Endless = """{"tokens":1000000,"token_delay_ms":5}""";

    internal WholeRegistry One { get; private set; } = null!;

    internal WholeRegistry Two { get; private set; } = null!;

    public async Task InitializeAsync()
    {
        var prefix = TestReplica.NewPrefix();
        (One, Two) = (await StartAsync(prefix), await StartAsync(prefix));
        foreach (var registry in (WholeRegistry[])[One, Two])
        {
            await Eventually.HoldsAsync(() => registry.Services.GetRequiredService<IInstanceDirectory>().Current.Count == 2, "the replicas know each other");
        }
    }

    public async Task DisposeAsync()
    {
        await One.DisposeAsync();
        await Two.DisposeAsync();
    }

    internal static string IdOf(WholeRegistry registry) => registry.Services.GetRequiredService<IInstanceIdentity>().Id;

    internal async Task PutAsync(string model, string backend, int maxConcurrency = 10, Func<ModelVersion, ModelVersion>? change = null) =>
        await One.Services.GetRequiredService<CatalogWriter>().RegisterAsync((change ?? (same => same))(TestModel.Mock(backend, model, maxConcurrency: maxConcurrency) with { MaxQueue = 10 }));

    internal static InferRequest Request(string model, string id, bool shadow = false, int priority = 0, Client? client = null) => new()
    {
        RequestId = id,
        Model = model,
        Version = "v1",
        Shadow = shadow,
        Priority = priority,
        Client = client,
        Messages = { new ChatMessage { Role = "user", Content = "hi" } },
    };

    internal static async Task<InferCall> StreamAsync(WholeRegistry registry, InferRequest request)
    {
        var call = registry.Infer(request);
        await call.FirstToken.WaitAsync(TimeSpan.FromSeconds(20));
        return call;
    }

    internal static async Task<JsonElement> ListAsync(WholeRegistry registry, string query) => (await registry.Http.ReadAsync($"/requests?{query}")).Body;

    internal static IEnumerable<string> Ids(JsonElement list) => list.GetProperty("requests").EnumerateArray().Select(request => request.GetProperty("id").GetString()!);

    /// <summary>How many slots of a model are taken, over both replicas.</summary>
    internal async Task<int> ActiveAsync(string model) => (await One.Http.ReadAsync($"/models/{model}/versions/v1")).Body.GetProperty("active").GetInt32();

    private static Task<WholeRegistry> StartAsync(string prefix)
    {
        var folders = new PluginFolders();
        folders.DropMock();
        return WholeRegistry.StartAsync(StoreKind.Garnet, prefix, folders);
    }
}
