using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using ModelMesh.Contracts.Catalog;
using ModelMesh.Registry.Admin;
using ModelMesh.Registry.Catalog;
using ModelMesh.Registry.Endpoints;
using ModelMesh.Registry.Instances;
using ModelMesh.Registry.KeptAnswers;
using ModelMesh.Registry.Leases;
using ModelMesh.Registry.ModelHealth;
using ModelMesh.Registry.Plugins;
using ModelMesh.Registry.Queue;
using ModelMesh.Registry.Rollouts;
using ModelMesh.Registry.Routing;
using ModelMesh.Registry.Shadows;
using ModelMesh.Registry.Tests.Fakes;
using ModelMesh.Registry.Traffic;
using ModelMesh.Registry.Ui;
using ModelMesh.ServiceDefaults.Catalog;
using ModelMesh.ServiceDefaults.Errors;
using ModelMesh.ServiceDefaults.Instances;
using ModelMesh.ServiceDefaults.Listening;
using ModelMesh.ServiceDefaults.Store;
using ModelMesh.Testing.Store;

namespace ModelMesh.Registry.Tests.Replicas;

/// <summary>All of a registry that has to do with the store, on real Kestrel, with a plugin host that only says yes.</summary>
internal sealed class TestReplica : IAsyncDisposable
{
    private readonly WebApplication _app;

    private TestReplica(WebApplication app)
    {
        _app = app;
        var address = app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First();
        Http = new HttpClient { BaseAddress = new Uri(address) };
    }

    public HttpClient Http { get; }

    public StoreConnection Store => Get<StoreConnection>();

    public ICatalog Catalog => Get<ICatalog>();

    public CatalogWriter Writer => Get<CatalogWriter>();

    public TrafficWriter Traffic => Get<TrafficWriter>();

    public Gates Gates => Get<Gates>();

    public CatalogScripts Scripts => Get<CatalogScripts>();

    public LeaseManager Leases => Get<LeaseManager>();

    public QueueWaiters Queue => Get<QueueWaiters>();

    public ILeaseCounts Counts => Get<ILeaseCounts>();

    public FakePlugins Plugins => Get<FakePlugins>();

    /// <summary>A prefix for the keys of one test.</summary>
    public static string NewPrefix() => $"test-{Guid.NewGuid():N}";

    public static Task<TestReplica> StartAsync(StoreServer server, string prefix, params (string Key, string Value)[] settings) =>
        StartAsync(server.ConnectionString, prefix, waitForStore: true, settings);

    public static async Task<TestReplica> StartAsync(string connectionString, string prefix, bool waitForStore, params (string Key, string Value)[] settings)
    {
        var builder = WebApplication.CreateBuilder();
        builder.Logging.ClearProviders();
        builder.Configuration.AddInMemoryCollection(
            settings.Append(("ConnectionStrings:redis", connectionString)).Append(("Store:KeyPrefix", prefix)).ToDictionary(pair => pair.Item1, pair => (string?)pair.Item2, StringComparer.Ordinal));
        builder.Services.AddSingleton<FakePlugins>();
        builder.Services.AddSingleton<IBackendTypes>(services => services.GetRequiredService<FakePlugins>());
        builder.Services.AddSingleton<IPluginStates>(services => services.GetRequiredService<FakePlugins>());
        builder.Services.AddSingleton<IModelHealth, FakeHealth>();
        builder.Services.AddSingleton<FakeEndpoints>();
        builder.Services.AddSingleton<IEndpointStates>(services => services.GetRequiredService<FakeEndpoints>());
        builder.AddListening(defaultHttpPort: 0, defaultGrpcPort: 0);
        builder.AddStore();
        builder.AddCatalog();
        builder.AddCatalogWriter();
        builder.AddTrafficWriter();
        builder.AddLeases().AddQueue();
        builder.AddInstanceDirectory();
        builder.AddInstanceHeartbeat();
        builder.AddAdmin().AddTrafficAdmin();
        builder.AddKeptAnswers();
        builder.AddRoutingDryRun();
        builder.Services.AddSingleton<RolloutTally>();
        builder.AddRollouts();
        builder.AddShadowFigures();
        builder.AddUi();
        var app = builder.Build();
        app.UseMeshErrors();
        app.MapAdmin().MapTrafficAdmin();
        app.MapKeptAnswers();
        app.MapRoutingDryRun();
        app.MapRollouts();
        app.MapShadowFigures();
        app.MapUi();
        await app.StartAsync();
        var replica = new TestReplica(app);
        if (waitForStore)
        {
            await Eventually.HoldsAsync(() => replica.Get<CatalogFollower>().IsLoaded, TimeSpan.FromSeconds(20), "the replica has read the catalog");
        }

        return replica;
    }

    public T Get<T>()
        where T : notnull => _app.Services.GetRequiredService<T>();

    public Task<ModelVersion> RegisterAsync(string name, int maxConcurrency = 1) => Writer.RegisterAsync(Define(name, maxConcurrency));

    public static ModelVersion Define(string name, int maxConcurrency = 1) =>
        new() { Name = name, Version = "v1", BackendType = "mock", MaxConcurrency = maxConcurrency };

    public async ValueTask DisposeAsync()
    {
        Http.Dispose();
        await _app.StopAsync();
        await _app.DisposeAsync();
    }
}
