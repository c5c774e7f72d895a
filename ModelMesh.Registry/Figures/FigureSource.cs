using System.Text.Json;
using ModelMesh.Contracts.Catalog;
using ModelMesh.Contracts.Figures;
using ModelMesh.Registry.Leases;
using ModelMesh.Registry.ModelHealth;
using ModelMesh.Registry.Plugins;
using ModelMesh.ServiceDefaults.Catalog;

namespace ModelMesh.Registry.Figures;

/// <summary>Puts together what this replica knows of its models: out of memory, by the same rules as the admin API. Not thread-safe.</summary>
internal sealed class FigureSource(ICatalog catalog, IBackendTypes backends, IModelHealth health, IHeldSlots slots, RecentFigures recent)
{
    // Most models are idle, so most entries are what they were.
    private Dictionary<ModelId, Entry> _last = [];

    /// <summary>An entry for each model version, by the name of its field in the store.</summary>
    public IReadOnlyDictionary<string, string> Collect()
    {
        var held = slots.HeldByModel;
        var current = catalog.Current;
        recent.Keep(current.Find);
        _last = current.All.ToDictionary(model => model.Id, model => EntryOf(model, Of(model, held.GetValueOrDefault(model.Id))));
        return _last.Values.ToDictionary(entry => entry.Field, entry => entry.Json, StringComparer.Ordinal);
    }

    private Entry EntryOf(ModelVersion model, ModelFigures figures) => _last.TryGetValue(model.Id, out var last) && last.Figures == figures
        ? last
        : new Entry(model.Id.ToString(), figures, JsonSerializer.Serialize(figures, FigureJson.Default.ModelFigures));

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

    private sealed record Entry(string Field, ModelFigures Figures, string Json);
}
