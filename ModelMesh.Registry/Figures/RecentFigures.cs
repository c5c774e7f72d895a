using System.Collections.Concurrent;
using ModelMesh.Contracts.Catalog;

namespace ModelMesh.Registry.Figures;

/// <summary>The figures of each model version that was used lately at this replica. Written once a stream, at its end. Thread-safe.</summary>
internal sealed class RecentFigures(TimeProvider time)
{
    private readonly ConcurrentDictionary<ModelId, FigureWindow> _windows = new();

    public void Add(ModelId id, StreamFigures figures)
    {
        if (figures.FirstTokens > 0)
        {
            _windows.GetOrAdd(id, static (_, time) => new FigureWindow(time), time).Add(figures);
        }
    }

    public StreamFigures Of(ModelId id) => _windows.TryGetValue(id, out var window) ? window.Sum : default;

    /// <summary>Drops the models that are not among those.</summary>
    public void Keep(IReadOnlySet<ModelId> models)
    {
        foreach (var id in _windows.Keys)
        {
            if (!models.Contains(id))
            {
                _windows.TryRemove(id, out _);
            }
        }
    }
}
