using ModelMesh.Contracts.Catalog;
using ModelMesh.Contracts.Figures;

namespace ModelMesh.ServiceDefaults.Figures;

/// <summary>What all live registry instances tell of their models. Immutable.</summary>
public sealed class MeshFigures
{
    private readonly ILookup<ModelId, ModelFigures> _byModel;

    private MeshFigures(IReadOnlyList<InstanceFigures> instances, ILookup<ModelId, ModelFigures> byModel, DateTimeOffset? staleSince)
    {
        (Instances, _byModel, StaleSince) = (instances, byModel, staleSince);
    }

    public static MeshFigures Empty { get; } = Of([]);

    /// <summary>Ordered by instance id.</summary>
    public IReadOnlyList<InstanceFigures> Instances { get; }

    /// <summary>When the store last answered, where that is so long ago that the figures may be wrong; else null.</summary>
    public DateTimeOffset? StaleSince { get; }

    public static MeshFigures Of(IEnumerable<InstanceFigures> instances)
    {
        InstanceFigures[] ordered = [.. instances.OrderBy(instance => instance.Instance, StringComparer.Ordinal)];
        return new MeshFigures(ordered, ordered.SelectMany(instance => instance.Models).ToLookup(model => model.Key, model => model.Value), staleSince: null);
    }

    /// <summary>What each instance that knows of a model version tells of it.</summary>
    public IEnumerable<ModelFigures> OfModel(ModelId id) => _byModel[id];

    public MeshFigures Stale(DateTimeOffset since) => new(Instances, _byModel, since);
}
