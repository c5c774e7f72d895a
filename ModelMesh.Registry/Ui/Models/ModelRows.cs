using ModelMesh.Contracts.Catalog;
using ModelMesh.ServiceDefaults.Catalog;
using ModelMesh.ServiceDefaults.Figures;

namespace ModelMesh.Registry.Ui.Models;

/// <summary>Puts the list of model versions together, out of memory.</summary>
internal sealed class ModelRows(ICatalog catalog, IMeshFigures figures)
{
    /// <summary>By name, then by version.</summary>
    public IReadOnlyList<ModelRow> Read()
    {
        var (snapshot, told) = (catalog.Current, figures.Current);
        return [.. snapshot.Names.SelectMany(name => snapshot.VersionsOf(name)).Select(model => Of(model, told))];
    }

    public static ModelRow Of(ModelVersion model, MeshFigures told)
    {
        var path = $"/models/{Uri.EscapeDataString(model.Name)}/versions/{Uri.EscapeDataString(model.Version)}";
        return new ModelRow(
            model.Id.ToString(),
            model.Name,
            model.Version,
            "/ui" + path,
            path,
            model.BackendType,
            model.Revision,
            model.MaxConcurrency,
            model.Weight,
            model.Shadow,
            LiveOf(model, told));
    }

    public static ModelLive LiveOf(ModelVersion model, MeshFigures told)
    {
        var state = FigureMerge.OfVersion(model, [.. told.OfModel(model.Id)]);
        return new ModelLive(
            state.Status,
            state.StatusReason ?? state.HealthReason,
            state.Health,
            state.Active,
            state.Streams.TokensPerSecond,
            state.Streams.TimeToFirstTokenMs);
    }
}
