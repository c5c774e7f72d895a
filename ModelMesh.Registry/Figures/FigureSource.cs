using System.Text.Json;
using ModelMesh.Contracts.Catalog;
using ModelMesh.Contracts.Figures;
using ModelMesh.Registry.Leases;
using ModelMesh.Registry.ModelHealth;
using ModelMesh.Registry.Plugins;
using ModelMesh.ServiceDefaults.Catalog;

namespace ModelMesh.Registry.Figures;

/// <summary>Puts together what this replica knows of its models: out of memory, by the same rules as the admin API.</summary>
internal sealed class FigureSource(ICatalog catalog, IBackendTypes backends, IModelHealth health, IHeldSlots slots, RecentFigures recent)
{
    /// <summary>An entry for each model version, by the name of its field in the store.</summary>
    public IReadOnlyDictionary<string, string> Collect()
    {
        var held = slots.HeldByModel;
        var models = catalog.Current.All.ToList();
        recent.Keep(models);
        return models.ToDictionary(
            model => model.Id.ToString(),
            model => JsonSerializer.Serialize(Of(model, held.GetValueOrDefault(model.Id)), FigureJson.Default.ModelFigures),
            StringComparer.Ordinal);
    }

    private ModelFigures Of(ModelVersion model, int active)
    {
        var status = backends.StatusOf(model);
        var found = health.Of(model);
        var streams = recent.Of(model);
        return new ModelFigures
        {
            Revision = model.Revision,
            Status = status.State,
            StatusReason = status.Reason,
            Health = found.Standing.State is HealthState.Unknown ? null : HealthFields.Name(found.Standing.State),
            HealthReason = found.Standing.Reason,
            HealthAt = found.CheckedAt,
            Active = active,
            FirstTokens = streams.FirstTokens,
            FirstTokenMs = streams.FirstTokenTime.TotalMilliseconds,
            StreamedTokens = streams.StreamedTokens,
            StreamedMs = streams.StreamedTime.TotalMilliseconds,
        };
    }
}
