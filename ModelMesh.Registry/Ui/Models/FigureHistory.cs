using ModelMesh.Contracts.Catalog;
using ModelMesh.ServiceDefaults.Catalog;
using ModelMesh.ServiceDefaults.Figures;

namespace ModelMesh.Registry.Ui.Models;

/// <summary>
/// What the figures of models were in the last five minutes, so that a page begins with history. A model version takes space only while it has something to
/// tell, 720 bytes then, and none once it is gone from the catalog. Thread-safe.
/// </summary>
internal sealed class FigureHistory
{
    public const int Samples = 60;
    public static readonly TimeSpan Interval = TimeSpan.FromSeconds(5);

    private readonly Lock _lock = new();
    private readonly Dictionary<ModelId, TrendRing> _rings = [];

    public ModelTrend Of(ModelId id)
    {
        lock (_lock)
        {
            return _rings.TryGetValue(id, out var ring) ? ring.Read() : ModelTrend.None;
        }
    }

    /// <summary>One sample of every model version. Figures that are stale are a gap: what was last known is not what was.</summary>
    public void Take(CatalogSnapshot catalog, MeshFigures figures)
    {
        lock (_lock)
        {
            foreach (var gone in _rings.Where(ring => ring.Value.IsSilent || catalog.Find(ring.Key) is null).Select(ring => ring.Key).ToList())
            {
                _rings.Remove(gone);
            }

            foreach (var model in catalog.All)
            {
                Take(model.Id, figures);
            }
        }
    }

    private void Take(ModelId id, MeshFigures figures)
    {
        var (sums, active) = (default(StreamSums), 0);
        foreach (var told in figures.StaleSince is null ? figures.OfModel(id) : [])
        {
            sums += new StreamSums(told.FirstTokens, told.FirstTokenMs, told.StreamedTokens, told.StreamedMs);
            active += told.Active;
        }

        if (_rings.TryGetValue(id, out var ring) || active > 0 || sums.FirstTokens > 0)
        {
            ring ??= _rings[id] = new TrendRing();
            ring.Add(sums.TokensPerSecond, sums.TimeToFirstTokenMs, figures.StaleSince is null ? active : double.NaN);
        }
    }
}
