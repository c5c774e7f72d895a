using ModelMesh.Contracts.Catalog;
using ModelMesh.Contracts.Errors;
using ModelMesh.Contracts.Instances;
using ModelMesh.Registry.Plugins;

namespace ModelMesh.Registry.Tests.Replicas;

/// <summary>A plugin host that knows the type <c>mock</c>, whose settings are <c>tokens</c>, <c>endpoint</c>, <c>api_key</c> and <c>extra</c>.</summary>
internal sealed class FakePlugins : IBackendTypes, IPluginStates
{
    private volatile IReadOnlyList<InstancePlugin> _announced = [new("mock", "1.0.0", "ready")];

    public event Action? Changed;

    /// <summary>The name of a model that fails here, until it is set to something else.</summary>
    public string? Failing { get; set; }

    public IReadOnlyList<InstancePlugin> Announced
    {
        get => _announced;
        set
        {
            _announced = value;
            Changed?.Invoke();
        }
    }

    public Task ValidateAsync(ModelVersion model, CancellationToken cancellationToken)
    {
        if (model.BackendType != "mock")
        {
            throw MeshException.Invalid("backend_type", $"'{model.BackendType}' is not a loaded plugin");
        }

        List<ErrorDetail> faults = [.. model.Backend.EnumerateObject()
            .Where(setting => setting.Name is not ("tokens" or "api_key" or "extra" or "endpoint"))
            .Select(setting => new ErrorDetail($"backend.{setting.Name}", "is not a setting of this backend"))];
        return faults.Count > 0 ? throw MeshException.Invalid(faults) : Task.CompletedTask;
    }

    public Task SettleAsync(ModelId id, CancellationToken cancellationToken) => Task.CompletedTask;

    public ModelStatus StatusOf(ModelVersion model) => model switch
    {
        { Draining: true } => new ModelStatus("draining"),
        { Name: "broken" } => new ModelStatus("failed", "the fake says so"),
        _ when model.Name == Failing => new ModelStatus("failed", "the test says so"),
        _ => new ModelStatus("ready"),
    };
}
