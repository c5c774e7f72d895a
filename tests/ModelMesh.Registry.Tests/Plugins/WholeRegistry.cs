using System.Net.Http.Json;
using System.Runtime.CompilerServices;
using System.Runtime.Loader;
using System.Text.Json.Nodes;
using Grpc.Net.Client;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using ModelMesh.Contracts.V1;
using ModelMesh.Registry.Plugins;
using ModelMesh.Registry.Tests.Fakes;
using ModelMesh.Registry.Tests.Inference;
using ModelMesh.Registry.Tests.Replicas;
using ModelMesh.ServiceDefaults;
using ModelMesh.ServiceDefaults.Listening;
using ModelMesh.ServiceDefaults.OpenApi;
using ModelMesh.Testing.Store;

namespace ModelMesh.Registry.Tests.Plugins;

/// <summary>A registry with nothing faked, in this process: a store, watched plugin folders, the admin API and gRPC.</summary>
internal sealed class WholeRegistry : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly GrpcChannel _channel;
    private readonly ShadowCopies _copies;

    private WholeRegistry(WebApplication app, PluginFolders folders)
    {
        (_app, Folders, _copies) = (app, folders, app.Services.GetRequiredService<ShadowCopies>());
        var addresses = app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.ToArray();
        Http = new HttpClient { BaseAddress = new Uri(addresses[0]) };
        Grpc = new Uri(addresses[1]);
        _channel = GrpcChannel.ForAddress(Grpc);
        Client = new Contracts.V1.Inference.InferenceClient(_channel);
    }

    public PluginFolders Folders { get; }

    public HttpClient Http { get; }

    /// <summary>Where gateways reach it.</summary>
    public Uri Grpc { get; }

    public Contracts.V1.Inference.InferenceClient Client { get; }

    public IServiceProvider Services => _app.Services;

    /// <summary>The copies of plugin folders that are still on disk.</summary>
    public IReadOnlyList<string> Copies => [.. _copies.Kept];

    public static Task<WholeRegistry> StartAsync() => StartAsync(StoreKind.Garnet, TestReplica.NewPrefix(), new PluginFolders());

    /// <summary>With plugin folders that are there at the start. They become the registry's own.</summary>
    public static async Task<WholeRegistry> StartAsync(StoreKind kind, string prefix, PluginFolders folders) =>
        await StartAsync((await SharedStores.GetAsync(kind)).ConnectionString, prefix, folders);

    /// <inheritdoc cref="StartAsync(StoreKind, string, PluginFolders)"/>
    public static async Task<WholeRegistry> StartAsync(string connectionString, string prefix, PluginFolders folders, params (string Key, string Value)[] settings)
    {
        var builder = WebApplication.CreateBuilder();
        builder.Logging.ClearProviders();
        builder.Configuration.AddInMemoryCollection(new Dictionary<string, string?>(StringComparer.Ordinal)
        {
            ["ConnectionStrings:redis"] = connectionString,
            ["Store:KeyPrefix"] = prefix,
            ["Plugins:Roots:0"] = folders.Root,
            ["Plugins:QuietPeriod"] = "00:00:00.05",
            ["Plugins:PollInterval"] = "00:00:00.05",
        });
        builder.Configuration.AddInMemoryCollection(settings.Select(setting => KeyValuePair.Create(setting.Key, (string?)setting.Value)));
        builder.AddServiceDefaults();
        builder.AddListening(defaultHttpPort: 0, defaultGrpcPort: 0);
        builder.AddRegistry();
        var app = builder.Build();
        app.MapRegistry();
        app.MapOpenApi(typeof(RegistryHelp).Assembly);
        await app.StartAsync();
        var registry = new WholeRegistry(app, folders);
        await Eventually.HoldsAsync(async () => (await registry.Http.GetAsync(new Uri("/health", UriKind.Relative))).IsSuccessStatusCode, TimeSpan.FromSeconds(20), "healthy");
        return registry;
    }

    /// <summary>The plugins as <c>GET /backends</c> has them, each as <c>plugin type version state: error</c>.</summary>
    public async Task<string[]> BackendsAsync()
    {
        var body = JsonNode.Parse(await Http.GetStringAsync(new Uri("/backends", UriKind.Relative)))!;
        return [.. body["backends"]!.AsArray().Select(item => $"{item!["plugin"]} {item["type"] ?? "-"} {item["version"] ?? "-"} {item["state"]}: {item["error"]}").Order(StringComparer.Ordinal)];
    }

    public async Task ShowsAsync(string plugin, string error = "") =>
        await Eventually.HoldsAsync(
            async () => (await BackendsAsync()).Any(line => line.StartsWith(plugin + ":", StringComparison.Ordinal) && line.Contains(error, StringComparison.Ordinal)),
            TimeSpan.FromSeconds(15),
            $"GET /backends shows '{plugin}: … {error}'");

    public async Task RegisterAsync(string name, string type)
    {
        using var answer = await PostAsync(name, type, []);
        answer.EnsureSuccessStatusCode();
    }

    public Task<HttpResponseMessage> PostAsync(string name, string type, JsonObject backend) =>
        Http.PostAsJsonAsync("/models", new { name, version = "v1", backend_type = type, max_concurrency = 100, backend });

    public InferCall Infer(string model, string input) => Infer(new InferRequest
    {
        RequestId = Guid.NewGuid().ToString("N"), Model = model, Version = "v1", Messages = { new ChatMessage { Role = "user", Content = input } },
    });

    public InferCall Infer(InferRequest request) => new(Client.Infer(request));

    public async Task<string> AnswerAsync(string model, string input = "1,0")
    {
        using var call = Infer(model, input);
        await call.CompletedAsync();
        return call.Text;
    }

    /// <summary>How many builds are in the process, unloaded ones that something still holds among them: a context is off the list of all as soon as it unloads, its assemblies are not.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public int Builds()
    {
        GC.Collect();
        GC.WaitForPendingFinalizers();
        return AppDomain.CurrentDomain.GetAssemblies()
            .Where(assembly => assembly.IsCollectible && assembly.Location.StartsWith(_copies.Home, StringComparison.Ordinal))
            .DistinctBy(AssemblyLoadContext.GetLoadContext)
            .Count();
    }

    public async ValueTask DisposeAsync()
    {
        _channel.Dispose();
        Http.Dispose();
        await _app.StopAsync();
        await _app.DisposeAsync();
        Folders.Dispose();
    }
}
