using ModelMesh.Contracts.Catalog;
using ModelMesh.Registry.ModelHealth;

namespace ModelMesh.Registry.Plugins;

/// <summary>How the upstreams of a plugin's models are.</summary>
/// <param name="Healthy">How many models' upstreams are healthy.</param>
/// <param name="Starting">How many load.</param>
/// <param name="Unhealthy">How many could not serve.</param>
/// <param name="Unknown">Of how many nobody has heard lately.</param>
/// <param name="LastError">The last failure of any of them.</param>
internal sealed record BackendHealthView(int Healthy, int Starting, int Unhealthy, int Unknown, BackendErrorView? LastError)
{
    public static BackendHealthView Of(IReadOnlyCollection<(ModelVersion Model, HealthRecord Health)> models)
    {
        var last = models.Where(model => model.Health.LastError is not null).OrderBy(model => model.Health.LastErrorAt).ThenBy(model => model.Model.Id.ToString(), StringComparer.Ordinal).LastOrDefault();
        return new BackendHealthView(
            Count(HealthState.Healthy),
            Count(HealthState.Starting),
            Count(HealthState.Unhealthy),
            Count(HealthState.Unknown),
            last.Model is null ? null : new BackendErrorView(last.Model.Name, last.Model.Version, last.Health.LastError!, last.Health.LastErrorAt));

        int Count(HealthState state) => models.Count(model => model.Health.Standing.State == state);
    }
}

/// <param name="Model">The model whose upstream failed.</param>
/// <param name="Version">Its version.</param>
/// <param name="Message">What went wrong.</param>
/// <param name="At">When.</param>
internal sealed record BackendErrorView(string Model, string Version, string Message, DateTimeOffset? At);
