using System.Net;
using Grpc.Net.Client;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using ModelMesh.Contracts.Catalog;
using ModelMesh.Contracts.V1;
using ModelMesh.Registry.Figures;
using ModelMesh.Registry.Health;
using ModelMesh.Registry.Inference;
using ModelMesh.Registry.Instances;
using ModelMesh.Registry.Leases;
using ModelMesh.Registry.ModelHealth;
using ModelMesh.Registry.Plugins;
using ModelMesh.Registry.Queue;
using ModelMesh.Registry.Requests;
using ModelMesh.Registry.Rollouts;
using ModelMesh.Registry.Tests.Fakes;
using ModelMesh.ServiceDefaults.Catalog;
using ModelMesh.ServiceDefaults.Health;

namespace ModelMesh.Registry.Tests.Inference;

/// <summary>
/// The registry's streaming half for real: plugin folders, runtimes, gRPC over Kestrel on a free port. Only catalog and leases are fakes.
/// </summary>
internal sealed class TestRegistry : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly GrpcChannel _channel;

    private TestRegistry(WebApplication app, PluginFolders folders, FakeCatalog catalog, FakeLeases leases)
    {
        (_app, Folders, Catalog, Leases) = (app, folders, catalog, leases);
        _channel = GrpcChannel.ForAddress(app.Urls.First());
        Http = new HttpClient { BaseAddress = new Uri(app.Urls.First()), DefaultRequestVersion = HttpVersion.Version20, DefaultVersionPolicy = HttpVersionPolicy.RequestVersionExact };
        Client = new Contracts.V1.Inference.InferenceClient(_channel);
        JournalPath = folders.Root + "-journal";
    }

    public PluginFolders Folders { get; }

    public FakeCatalog Catalog { get; }

    public FakeLeases Leases { get; }

    public Contracts.V1.Inference.InferenceClient Client { get; }

    public HttpClient Http { get; }

    public string JournalPath { get; }

    public MockCalls Calls => MockCalls.Read(JournalPath);

    public ModelRuntimes Runtimes => _app.Services.GetRequiredService<ModelRuntimes>();

    public PluginHost Plugins => _app.Services.GetRequiredService<PluginHost>();

    public InferenceExecutor Executor => _app.Services.GetRequiredService<InferenceExecutor>();

    public EmbeddingExecutor Embeddings => _app.Services.GetRequiredService<EmbeddingExecutor>();

    public RequestTable Requests => _app.Services.GetRequiredService<RequestTable>();

    public Admission Admission => _app.Services.GetRequiredService<Admission>();

    public RolloutTally Tally => _app.Services.GetRequiredService<RolloutTally>();

    public RecentFigures Figures => _app.Services.GetRequiredService<RecentFigures>();

    public StreamWatchdog Watchdog => _app.Services.GetRequiredService<StreamWatchdog>();

    public static Task<TestRegistry> StartAsync(params (string Key, string Value)[] settings)
    {
        var folders = new PluginFolders();
        folders.DropMock();
        return StartAsync(folders, settings);
    }

    /// <summary>With plugin folders that are there at the start. They become the registry's own.</summary>
    public static async Task<TestRegistry> StartAsync(PluginFolders folders, params (string Key, string Value)[] settings)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.Configuration.AddInMemoryCollection(settings.Select(setting => KeyValuePair.Create(setting.Key, (string?)setting.Value)));
        builder.Configuration["Plugins:Roots:0"] = folders.Root;
        builder.Configuration["Plugins:QuietPeriod"] = "00:00:00.05";
        var catalog = new FakeCatalog();
        var leases = new FakeLeases();
        builder.Services.AddSingleton<ICatalog>(catalog);
        builder.Services.AddSingleton<ILeases>(leases);
        builder.Services.AddSingleton<IGates>(leases);
        builder.Services.AddSingleton<IQueue>(leases);
        builder.Services.AddSingleton<IInstanceIdentity>(new Identity());
        builder.Services.AddSingleton<IModelHealth, FakeHealth>();
        builder.AddPlugins();
        builder.AddInference();
        builder.AddHealth();
        builder.AddRegistryHealth();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0, listen => listen.Protocols = HttpProtocols.Http2));
        var app = builder.Build();
        app.MapInference();
        app.MapBackends();
        app.MapHealth();
        await app.StartAsync();
        var registry = new TestRegistry(app, folders, catalog, leases);
        await Eventually.HoldsAsync(() => registry.Plugins.Scanned, "the plugins are loaded");
        return registry;
    }

    /// <summary>Registers a mock model; its settings get the journal added.</summary>
    public ModelVersion PutMock(string backend = "{}", int maxConcurrency = 1000, ModelTimeouts? timeouts = null)
    {
        var separator = backend.Trim().Length > 2 ? "," : "";
        var settings = $$"""{{backend.TrimEnd().TrimEnd('}')}}{{separator}}"journal":"{{JournalPath}}"}""";
        return Put(TestModel.Mock(settings, maxConcurrency: maxConcurrency) with { Timeouts = timeouts ?? new ModelTimeouts() });
    }

    public ModelVersion Put(ModelVersion model)
    {
        var stored = Catalog.Put(model);
        Leases.Open(stored);
        return stored;
    }

    public InferCall Infer(string input = "hello world", string model = "chat", bool collects = false, CancellationToken cancellationToken = default)
    {
        var request = new InferRequest { RequestId = Guid.NewGuid().ToString("N"), Model = model, Version = "v1", Collects = collects, Messages = { new ChatMessage { Role = "user", Content = input } } };
        return new InferCall(Client.Infer(request, cancellationToken: cancellationToken));
    }

    public Task StopAsync() => _app.StopAsync();

    public async ValueTask DisposeAsync()
    {
        _channel.Dispose();
        Http.Dispose();
        await _app.DisposeAsync();
        Folders.Dispose();
        if (Directory.Exists(JournalPath))
        {
            Directory.Delete(JournalPath, recursive: true);
        }
    }

    private sealed class Identity : IInstanceIdentity
    {
        public string Id => "test-instance";
    }
}
