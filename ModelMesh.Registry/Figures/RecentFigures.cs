using System.Collections.Concurrent;
using ModelMesh.Contracts.Catalog;

namespace ModelMesh.Registry.Figures;

/// <summary>The figures of each model version that was used lately at this replica. Written once a stream, at its end. Thread-safe.</summary>
internal sealed class RecentFigures(TimeProvider time)
{
    private readonly ConcurrentDictionary<(ModelId Id, DateTimeOffset CreatedAt), FigureWindow> _windows = new();

    public void Add(ModelVersion model, StreamFigures figures)
    {
        if (figures.FirstTokens > 0)
        {
            _windows.GetOrAdd(KeyOf(model), static (_, time) => new FigureWindow(time), time).Add(figures);
        }
    }

    public StreamFigures Of(ModelVersion model) => _windows.TryGetValue(KeyOf(model), out var window) ? window.Sum : default;

    /// <summary>Drops the models that are gone.</summary>
    /// <param name="find">Finds those that are there.</param>
    public void Keep(Func<ModelId, ModelVersion?> find)
    {
        foreach (var key in _windows.Keys)
        {
            if (find(key.Id) is not { } model || KeyOf(model) != key)
            {
                _windows.TryRemove(key, out _);
            }
        }
    }

    // Updates keep when it was created; one that was deleted and registered again is another model.
    private static (ModelId Id, DateTimeOffset CreatedAt) KeyOf(ModelVersion model) => (model.Id, model.CreatedAt);
}
