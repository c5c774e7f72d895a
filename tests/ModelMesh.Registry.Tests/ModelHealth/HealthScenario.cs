using ModelMesh.Registry.Tests.Fakes;
using ModelMesh.Registry.Tests.Replicas;
using ModelMesh.Testing.Store;
using Xunit;
using static ModelMesh.Registry.Tests.Fakes.PluginFolders;

namespace ModelMesh.Registry.Tests.ModelHealth;

/// <summary>Registries over one store, with models on a backend whose health a test says.</summary>
public abstract class HealthScenario : IAsyncLifetime, IDisposable
{
    private readonly PluginFolders _folders = new();
    private readonly List<HealthReplica> _registries = [];
    private readonly string _prefix = TestReplica.NewPrefix();

    protected static TimeSpan Soon { get; } = TimeSpan.FromSeconds(10);

    protected static (string Key, string Value)[] Quick { get; } = [("Health:ProbeInterval", "00:00:00.4"), ("Health:ProbeTimeout", "00:00:00.5")];

    protected static (string Key, string Value)[] NoProbes { get; } = [("Health:Probes", "false"), ("Health:ProbeInterval", "00:00:00.4")];

    private protected PatientControl Patient { get; } = new();

    public Task InitializeAsync()
    {
        _folders.Drop(TestPlugin("Patient"), "Patient");
        return Task.CompletedTask;
    }

    public async Task DisposeAsync()
    {
        // Ends a check that blocks.
        Patient.Set("health", "healthy");
        foreach (var registry in _registries)
        {
            await registry.DisposeAsync();
        }
    }

    public void Dispose()
    {
        Patient.Dispose();
        _folders.Dispose();
        GC.SuppressFinalize(this);
    }

    private protected static Task<TimeSpan> EventuallyAsync(HealthReplica registry, string state, string name = "chat") =>
        Eventually.HoldsAsync(async () => await registry.HealthAsync(name) == state, Soon, $"{name} is {state} at {registry.Id}");

    private protected static async Task InferAsync(HealthReplica registry)
    {
        using var call = registry.Infer();
        await call.Ended.WaitAsync(Soon);
    }

    private protected async Task<HealthReplica> StartAsync(StoreKind kind, params (string Key, string Value)[] settings) => await StartAsync(await SharedStores.GetAsync(kind), settings);

    private protected async Task<HealthReplica> StartAsync(StoreServer server, params (string Key, string Value)[] settings)
    {
        var registry = await HealthReplica.StartAsync(server.ConnectionString, _prefix, _folders.Root, settings);
        _registries.Add(registry);
        return registry;
    }
}
