using System.Net.Http.Json;
using System.Text;
using System.Text.Json.Nodes;
using ModelMesh.Testing.Store;

namespace ModelMesh.EndToEnd.Tests.Harness;

/// <summary>A whole mesh as processes on free ports: one store, registry replicas, one gateway. Disposing it leaves nothing behind.</summary>
internal sealed class MeshProcesses : IAsyncDisposable
{
    private readonly List<ServiceProcess> _registries = [];
    private readonly Dictionary<ServiceProcess, HttpClient> _clients = [];
    private readonly Dictionary<string, string> _environment;
    private readonly DirectoryInfo _scratch = Directory.CreateTempSubdirectory("modelmesh-e2e-");
    private ServiceProcess? _gateway;

    private MeshProcesses(StoreServer store, IReadOnlyDictionary<string, string>? settings)
    {
        Store = store;
        _environment = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["ConnectionStrings__redis"] = store.ConnectionString,
            ["Listen__Http"] = "0",
            ["Plugins__Roots__0"] = Path.Combine(Repository.Root, "artifacts", "backends"),
            ["Plugins__Roots__1"] = DropFolder,
        };
        foreach (var (key, value) in settings ?? new Dictionary<string, string>(StringComparer.Ordinal))
        {
            _environment[key] = value;
        }
    }

    public StoreServer Store { get; }

    public IReadOnlyList<ServiceProcess> Registries => _registries;

    public ServiceProcess GatewayProcess => _gateway ?? throw new InvalidOperationException("The gateway has not started.");

    public HttpClient Gateway => _clients[GatewayProcess];

    /// <summary>A watched plugin root that is empty at first.</summary>
    public string DropFolder => Path.Combine(_scratch.FullName, "drop");

    public static async Task<MeshProcesses> StartAsync(int registries = 2, IReadOnlyDictionary<string, string>? settings = null)
    {
        var mesh = new MeshProcesses(await StoreServer.StartAsync(StoreKind.Garnet), settings);
        Directory.CreateDirectory(mesh.DropFolder);
        try
        {
            await Task.WhenAll(Enumerable.Range(1, registries).Select(_ => mesh.AddRegistryAsync()));
            mesh._gateway = await mesh.StartServiceAsync("gateway", "ModelMesh.Gateway", listeners: 1);
            await mesh.HealthyAsync();
            await mesh.SpreadAsync();
        }
        catch
        {
            await mesh.DisposeAsync();
            throw;
        }

        return mesh;
    }

    public HttpClient Registry(int index) => _clients[_registries[index]];

    public async Task<ServiceProcess> AddRegistryAsync()
    {
        var registry = await StartServiceAsync("registry", "ModelMesh.Registry", listeners: 2);
        lock (_registries)
        {
            _registries.Add(registry);
        }

        return registry;
    }

    /// <summary>A folder for the mock to write its calls into.</summary>
    public Journal NewJournal() => new(Path.Combine(_scratch.FullName, $"journal-{Guid.NewGuid():N}"));

    public async Task<JsonNode> RegisterAsync(string name, JsonObject backend, int maxConcurrency, int registry = 0, string type = "mock") =>
        await SendAsync(registry, HttpMethod.Post, "/models", Definition(name, backend, maxConcurrency, type), 201);

    public async Task<JsonNode> UpdateAsync(string name, JsonObject backend, int maxConcurrency, int registry = 0, string type = "mock") =>
        await SendAsync(registry, HttpMethod.Put, PathOf(name), Definition(name, backend, maxConcurrency, type), 200);

    public async Task<JsonNode> ReadAsync(string name, int registry = 0) => await SendAsync(registry, HttpMethod.Get, PathOf(name), null, 200);

    public async Task<int?> ActiveAsync(string name, int registry = 0) => (int?)(await ReadAsync(name, registry))["active"];

    public InferCall Infer(string model, string input = "hello world") => InferCall.Start(Gateway, model, input);

    /// <summary>Every service's output, for a failed test to show.</summary>
    public string Outputs() => string.Join("\n", _clients.Keys.Select(service => $"--- {service.Name} {service.Id}\n{service.Output}"));

    public async ValueTask DisposeAsync()
    {
        foreach (var (service, client) in _clients.ToArray())
        {
            client.Dispose();
            await service.DisposeAsync();
        }

        await Store.DisposeAsync();
        _scratch.Delete(recursive: true);
    }

    public static async Task<bool> HealthyAsync(HttpClient service)
    {
        using var response = await service.GetAsync(new Uri("/health", UriKind.Relative));
        return response.IsSuccessStatusCode;
    }

    private static string PathOf(string name) => $"/models/{Uri.EscapeDataString(name)}/versions/v1";

    private static JsonObject Definition(string name, JsonObject backend, int maxConcurrency, string type) => new()
    {
        ["name"] = name, ["version"] = "v1", ["backend_type"] = type, ["max_concurrency"] = maxConcurrency, ["backend"] = backend.DeepClone(),
    };

    private async Task<JsonNode> SendAsync(int registry, HttpMethod method, string path, JsonObject? body, int expected)
    {
        using var request = new HttpRequestMessage(method, path) { Content = body is null ? null : JsonContent.Create(body) };
        using var response = await Registry(registry).SendAsync(request);
        var text = await response.Content.ReadAsStringAsync();
        if ((int)response.StatusCode != expected)
        {
            throw new InvalidOperationException(new StringBuilder().Append(method).Append(' ').Append(path).Append(": ").Append((int)response.StatusCode).Append(' ').Append(text).ToString());
        }

        return JsonNode.Parse(text)!;
    }

    private async Task<ServiceProcess> StartServiceAsync(string name, string project, int listeners)
    {
        var environment = new Dictionary<string, string>(_environment, StringComparer.Ordinal);
        if (listeners == 2)
        {
            environment["Listen__Grpc"] = "0";
        }

        var service = await ServiceProcess.StartAsync(name, project, listeners, environment);
        lock (_clients)
        {
            // A client that goes away closes its connection at once; left to itself this one reads on for two seconds when it was not reading at that moment.
            _clients.Add(service, new HttpClient(new SocketsHttpHandler { MaxConnectionsPerServer = 1_000, ResponseDrainTimeout = TimeSpan.Zero }) { BaseAddress = service.Http, Timeout = TimeSpan.FromMinutes(2) });
        }

        return service;
    }

    private async Task HealthyAsync()
    {
        foreach (var client in _clients.Values)
        {
            await Eventually.HoldsAsync(() => HealthyAsync(client), TimeSpan.FromSeconds(20), $"health of {client.BaseAddress}\n{Outputs()}");
        }
    }

    // Healthy is a gateway that knows one replica. It spreads load once it has seen all of them with their plugins ready, and only its choices show that.
    private async Task SpreadAsync()
    {
        const string probe = "spread-probe";
        await RegisterAsync(probe, [], 1);
        var serving = new HashSet<string?>(StringComparer.Ordinal);
        await Eventually.HoldsAsync(
            async () =>
            {
                await using var call = Infer(probe);
                if (await call.Outcome is { IsComplete: true } outcome)
                {
                    serving.Add(outcome.Instance);
                }

                return serving.Count == _registries.Count;
            },
            TimeSpan.FromSeconds(10),
            "the gateway sends requests to every replica");
        using var deleted = await Registry(0).DeleteAsync(new Uri(PathOf(probe), UriKind.Relative));
        deleted.EnsureSuccessStatusCode();
    }
}
