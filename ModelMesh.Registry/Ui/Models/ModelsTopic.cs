using System.Collections.Frozen;
using System.Text.Json;
using ModelMesh.Registry.Ui.Live;
using ModelMesh.ServiceDefaults.Catalog;
using ModelMesh.ServiceDefaults.Figures;

namespace ModelMesh.Registry.Ui.Models;

/// <summary><c>models</c>: how each model version does, by its id. Made anew only when a replica has told something new, or the catalog has changed.</summary>
internal sealed class ModelsTopic(ICatalog catalog, IMeshFigures figures) : ILiveTopic
{
    private (CatalogSnapshot Catalog, MeshFigures Figures)? _of;
    private IReadOnlyDictionary<string, string> _last = FrozenDictionary<string, string>.Empty;

    public string Name => "models";

    public ValueTask<IReadOnlyDictionary<string, string>> ReadAsync(CancellationToken cancellationToken)
    {
        var now = (catalog.Current, figures.Current);
        if (_of is not { } of || !ReferenceEquals(of.Catalog, now.Item1) || !ReferenceEquals(of.Figures, now.Item2))
        {
            _of = now;
            _last = now.Item1.All.ToDictionary(
                model => model.Id.ToString(),
                model => JsonSerializer.Serialize(ModelRows.LiveOf(model, now.Item2), UiJson.Default.ModelLive),
                StringComparer.Ordinal);
        }

        return ValueTask.FromResult(_last);
    }
}
