using ModelMesh.Contracts.Catalog;
using ModelMesh.Registry.Traffic;
using ModelMesh.ServiceDefaults.Catalog;
using ModelMesh.ServiceDefaults.Figures;

namespace ModelMesh.Registry.Ui.Models;

/// <summary>Puts together what pages show of models, out of memory.</summary>
internal sealed class ModelRows(ICatalog catalog, IMeshFigures figures, FigureHistory history)
{
    private const double WindowSeconds = 60;

    /// <summary>Every model, by name.</summary>
    public IReadOnlyList<ModelGroup> Groups()
    {
        var (snapshot, told) = (catalog.Current, figures.Current);
        return [.. snapshot.Names.Select(name => Group(snapshot, name, told))];
    }

    /// <summary>One model; null when there is none.</summary>
    public ModelGroup? Group(CatalogSnapshot snapshot, string name) => snapshot.VersionsOf(name).IsEmpty ? null : Group(snapshot, name, figures.Current);

    public static ModelLive LiveOf(ModelVersion model, MeshFigures told)
    {
        var state = FigureMerge.OfVersion(model, [.. told.OfModel(model.Id)]);
        return new ModelLive(
            state.Status,
            state.StatusReason ?? state.HealthReason,
            state.Health,
            state.Active,
            state.Streams.TokensPerSecond,
            state.Streams.TimeToFirstTokenMs,
            state.Streams.StreamedTokens > 0 ? Math.Round(state.Streams.StreamedTokens / WindowSeconds, 1) : null);
    }

    private ModelGroup Group(CatalogSnapshot snapshot, string name, MeshFigures told)
    {
        var rows = VersionShares.Of(snapshot, name).Select(share => new ModelRow(share.Model, LiveOf(share.Model, told), share.Percent, history.Of(share.Model.Id))).ToList();
        return new ModelGroup(name, rows, rows.Count, snapshot.Traffic.Rollouts.GetValueOrDefault(name) is { IsActive: true } rollout ? rollout : null);
    }
}
