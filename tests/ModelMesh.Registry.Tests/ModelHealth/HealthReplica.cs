using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Grpc.Net.Client;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using ModelMesh.Contracts.V1;
using ModelMesh.Registry.Instances;
using ModelMesh.Registry.Plugins;
using ModelMesh.Registry.Tests.Inference;
using ModelMesh.ServiceDefaults.Catalog;
using ModelMesh.ServiceDefaults.Health;
using ModelMesh.ServiceDefaults.Listening;
using ModelMesh.ServiceDefaults.Prometheus;

namespace ModelMesh.Registry.Tests.ModelHealth;

/// <summary>A whole registry in this process: real store, plugins, admin API and gRPC.</summary>
internal sealed class HealthReplica : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly GrpcChannel _channel;
    private bool _disposed;

    private HealthReplica(WebApplication app)
    {
        _app = app;
        Http = new HttpClient { BaseAddress = new Uri(app.Urls.First()) };
        _channel = GrpcChannel.ForAddress(app.Urls.Last());
    }

    public HttpClient Http { get; }

    public string Id => Get<IInstanceIdentity>().Id;

    public static async Task<HealthReplica> StartAsync(string connectionString, string prefix, string pluginRoot, IEnumerable<(string Key, string Value)> settings)
    {
        var builder = WebApplication.CreateBuilder();
        builder.Logging.ClearProviders();
        builder.Configuration.AddInMemoryCollection(settings.Select(setting => KeyValuePair.Create(setting.Key, (string?)setting.Value)));
        builder.Configuration["ConnectionStrings:redis"] = connectionString;
        builder.Configuration["Store:KeyPrefix"] = prefix;
        builder.Configuration["Plugins:Roots:0"] = pluginRoot;
        builder.Configuration["Plugins:QuietPeriod"] = "00:00:00.05";
        builder.AddListening(defaultHttpPort: 0, defaultGrpcPort: 0);
        builder.AddHealth();
        builder.AddPrometheus();
        builder.AddRegistry();
        var app = builder.Build();
        app.MapRegistry();
        await app.StartAsync();
        var registry = new HealthReplica(app);
        await Eventually.HoldsAsync(
            () => registry.Get<CatalogFollower>().IsLoaded && registry.Get<PluginHost>().Scanned, TimeSpan.FromSeconds(20), "the registry has catalog and plugins");
        return registry;
    }

    public T Get<T>()
        where T : notnull => _app.Services.GetRequiredService<T>();

    public async Task<JsonNode> ReadAsync(string path) => JsonNode.Parse(await Http.GetStringAsync(new Uri(path, UriKind.Relative)))!;

    /// <summary>A model as <c>GET /models</c> shows it.</summary>
    public Task<JsonNode> ModelAsync(string name = "chat") => ReadAsync($"/models/{name}/versions/v1");

    public async Task<string> HealthAsync(string name = "chat") => (string)(await ModelAsync(name))["health"]!["state"]!;

    public async Task RegisterAsync(string backend, string name = "chat", string type = "patient", string more = "")
    {
        using var answer = await Http.PostAsJsonAsync("/models", JsonNode.Parse($$"""{"name":"{{name}}","version":"v1","backend_type":"{{type}}","max_concurrency":100,"backend":{{backend}}{{more}}}"""));
        answer.EnsureSuccessStatusCode();
    }

    public InferCall Infer(string name = "chat")
    {
        var request = new InferRequest { RequestId = Guid.NewGuid().ToString("N"), Model = name, Version = "v1", Messages = { new ChatMessage { Role = "user", Content = "how are you" } } };
        return new InferCall(new Contracts.V1.Inference.InferenceClient(_channel).Infer(request));
    }

    public async ValueTask DisposeAsync()
    {
        if (!_disposed)
        {
            _disposed = true;
            Http.Dispose();
            _channel.Dispose();
            await _app.StopAsync();
            await _app.DisposeAsync();
        }
    }
}
