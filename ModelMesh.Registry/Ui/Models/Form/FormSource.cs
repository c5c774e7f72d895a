using ModelMesh.Contracts.Catalog;
using ModelMesh.Registry.Admin;
using ModelMesh.Registry.Plugins;
using ModelMesh.ServiceDefaults.Catalog;
using ModelMesh.ServiceDefaults.Instances;

namespace ModelMesh.Registry.Ui.Models.Form;

/// <summary>What the form of a model version begins with.</summary>
internal sealed class FormSource(ICatalog catalog, IPluginStates plugins, IInstanceDirectory instances)
{
    private const string Usable = "ready";

    /// <summary>The backend types that an instance can serve, by name.</summary>
    public IReadOnlyList<string> Types() =>
    [
        .. plugins.Announced.Concat(instances.Current.SelectMany(instance => instance.Plugins))
            .Where(plugin => plugin.State == Usable)
            .Select(plugin => plugin.Type)
            .Distinct(StringComparer.Ordinal)
            .Order(StringComparer.Ordinal),
    ];

    /// <exception cref="Contracts.Errors.MeshException"><c>model_not_found</c>, <c>store_unavailable</c>.</exception>
    public async Task<ModelVersion> FindAsync(ModelId id, CancellationToken cancellationToken) =>
        catalog.Current.Find(id) ?? (await catalog.RefreshAsync(cancellationToken)).Find(id) ?? throw Answers.NotFound($"Model '{id.Name}' version '{id.Version}'");

    /// <summary>A new version made from one that is there.</summary>
    public async Task<ModelVersion> CloneAsync(ModelId id, CancellationToken cancellationToken)
    {
        var source = await FindAsync(id, cancellationToken);
        return CloneDraft.Of(source, catalog.Current.VersionsOf(id.Name).Select(model => model.Version));
    }

    /// <summary>A model that nobody has named yet.</summary>
    public ModelVersion Blank()
    {
        var types = Types();
        return new ModelVersion { Name = "", Version = "v1", BackendType = types.Contains("mock", StringComparer.Ordinal) ? "mock" : types is [var first, ..] ? first : "" };
    }

    /// <summary>Whether a rollout moves the weights of a model's versions now.</summary>
    public bool WeightsMove(string name) => catalog.Current.Traffic.Rollouts.GetValueOrDefault(name) is { IsActive: true };
}
