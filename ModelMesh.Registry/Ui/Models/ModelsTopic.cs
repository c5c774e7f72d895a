using System.Collections.Frozen;
using System.Text.Json;
using ModelMesh.Contracts.Catalog;
using ModelMesh.Registry.Ui.Live;
using ModelMesh.ServiceDefaults.Catalog;
using ModelMesh.ServiceDefaults.Figures;

namespace ModelMesh.Registry.Ui.Models;

/// <summary>
/// <c>models</c>: how each model version does, by its id, and all of them together as <c>total</c>. Made anew only when a replica has told something new, the catalog
/// has changed, or others wait.
/// </summary>
internal sealed class ModelsTopic(ICatalog catalog, IMeshFigures figures, WaitingCounts waiting) : ILiveTopic
{
    public const string Total = "total";

    private (CatalogSnapshot Catalog, MeshFigures Figures)? _of;
    private List<(ModelVersion Model, ModelLive Live)> _models = [];
    private Dictionary<ModelId, int> _waiting = [];
    private IReadOnlyDictionary<string, string> _last = FrozenDictionary<string, string>.Empty;

    public string Name => "models";

    public async ValueTask<IReadOnlyDictionary<string, string>> ReadAsync(CancellationToken cancellationToken)
    {
        var now = (catalog.Current, figures.Current);
        var isNew = _of is not { } of || !ReferenceEquals(of.Catalog, now.Item1) || !ReferenceEquals(of.Figures, now.Item2);
        if (isNew)
        {
            _models = [.. now.Item1.All.Select(model => (model, ModelRows.LiveOf(model, now.Item2)))];
        }

        var counts = await waiting.ReadAsync(_models.Select(entry => (entry.Model, entry.Live.Active)));
        if (isNew || !SameAs(counts))
        {
            (_of, _waiting) = (now, counts);
            _last = Write();
        }

        return _last;
    }

    private Dictionary<string, string> Write()
    {
        List<(ModelVersion Model, ModelLive Live)> all = [.. _models.Select(entry => _waiting.TryGetValue(entry.Model.Id, out var count) ? (entry.Model, entry.Live with { Waiting = count }) : entry)];
        var written = all.ToDictionary(entry => entry.Model.Id.ToString(), entry => JsonSerializer.Serialize(entry.Live, UiJson.Default.ModelLive), StringComparer.Ordinal);
        written[Total] = JsonSerializer.Serialize(ModelTotals.Of(all.Select(entry => entry.Live)), UiJson.Default.ModelTotals);
        return written;
    }

    private bool SameAs(Dictionary<ModelId, int> counts) =>
        counts.Count == _waiting.Count && counts.All(count => _waiting.TryGetValue(count.Key, out var before) && before == count.Value);
}
