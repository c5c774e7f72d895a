using ModelMesh.Contracts.Catalog;
using ModelMesh.ServiceDefaults.Figures;
using ModelMesh.ServiceDefaults.Routing;

namespace ModelMesh.Gateway.Models;

/// <summary>Makes entries of the list from the catalog's versions and what replicas tell of them. Pure. Nothing of a backend's settings gets in.</summary>
internal sealed class EntryBuilder(MeshFigures figures)
{
    private const string OwnerLabel = "owned_by";
    private const string DefaultOwner = "modelmesh";

    /// <summary>A model's own entry, and one for each adapter over the versions that have it.</summary>
    /// <param name="name">The model.</param>
    /// <param name="models">Its versions, at least one.</param>
    public IEnumerable<ModelEntry> Of(string name, IReadOnlyCollection<ModelVersion> models)
    {
        var versions = States(models);
        yield return Entry(name, name, adapter: null, versions);
        foreach (var adapter in versions.SelectMany(version => version.Model.Adapters).Distinct(StringComparer.Ordinal))
        {
            yield return Entry($"{name}:{adapter}", name, adapter, [.. versions.Where(version => version.Model.Adapters.Contains(adapter, StringComparer.Ordinal))]);
        }
    }

    /// <summary>The entry of what an id stands for: an alias, one version, an adapter.</summary>
    /// <param name="id">As the client wrote it.</param>
    public ModelEntry Of(string id, Destination found) => Entry(id, found.Name, found.Adapter.Length == 0 ? null : found.Adapter, States(found.Versions), AliasOf(found));

    private static string? AliasOf(Destination found) => found.Asked == found.Name ? null : found.Version is null ? found.Name : $"{found.Name}@{found.Version}";

    private (ModelVersion Model, ModelState State)[] States(IReadOnlyCollection<ModelVersion> models) =>
        [.. models.Select(model => (model, FigureMerge.OfVersion(model, [.. figures.OfModel(model.Id)])))];

    private ModelEntry Entry(string id, string name, string? adapter, (ModelVersion Model, ModelState State)[] versions, string? aliasOf = null)
    {
        var state = FigureMerge.OfModel(versions);
        var labels = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var (key, value) in versions.OrderBy(version => version.Model.Revision).SelectMany(version => version.Model.Labels))
        {
            labels[key] = value;
        }

        var details = new ModelDetails
        {
            Status = state.Status,
            StatusReason = state.StatusReason,
            Health = new HealthDetails(state.Health, state.HealthReason),
            Active = state.Active,
            MaxConcurrency = (int)Math.Min(versions.Sum(version => (long)version.Model.MaxConcurrency), int.MaxValue),
            Capabilities = [.. versions.SelectMany(version => version.Model.Capabilities).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)],
            Labels = labels,
            BackendTypes = [.. versions.Select(version => version.Model.BackendType).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)],
            Revision = versions.Max(version => version.Model.Revision),
            AliasOf = aliasOf,
            Adapter = adapter,
            BaseModel = adapter is null ? null : name,
            Adapters = adapter is null ? [.. versions.SelectMany(version => version.Model.Adapters).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)] : null,
            TokensPerSecond = state.Streams.TokensPerSecond,
            TimeToFirstTokenMs = state.Streams.TimeToFirstTokenMs,
            StaleSince = figures.StaleSince,
            Versions = [.. versions.Select(version => Details(version.Model, version.State))],
        };
        return new ModelEntry(
            id,
            "model",
            versions.Min(version => version.Model.CreatedAt).ToUnixTimeSeconds(),
            labels.GetValueOrDefault(OwnerLabel, DefaultOwner),
            adapter is null ? null : name,
            details,
            name);
    }

    private static VersionDetails Details(ModelVersion model, ModelState state) => new()
    {
        Version = model.Version,
        Status = state.Status,
        StatusReason = state.StatusReason,
        Health = new HealthDetails(state.Health, state.HealthReason),
        Active = state.Active,
        MaxConcurrency = model.MaxConcurrency,
        Weight = model.Weight,
        Shadow = model.Shadow,
        BackendType = model.BackendType,
        Revision = model.Revision,
        Capabilities = model.Capabilities,
        Labels = model.Labels,
        Adapters = model.Adapters,
        TokensPerSecond = state.Streams.TokensPerSecond,
        TimeToFirstTokenMs = state.Streams.TimeToFirstTokenMs,
        CreatedAt = model.CreatedAt,
        UpdatedAt = model.UpdatedAt,
    };
}
