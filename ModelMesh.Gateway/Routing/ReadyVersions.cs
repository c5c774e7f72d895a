using System.Collections.Frozen;
using ModelMesh.Contracts.Catalog;
using ModelMesh.Contracts.Figures;
using ModelMesh.ServiceDefaults.Figures;

namespace ModelMesh.Gateway.Routing;

/// <summary>
/// Which versions are thought to be able to serve. One is not where every replica that tells of its newest revision says that it is pending, loading or failed; one that nobody tells
/// of is. Made once from each view of the figures, and a look-up for each request. Immutable.
/// </summary>
internal sealed class ReadyVersions(MeshFigures figures)
{
    private readonly FrozenDictionary<ModelId, long> _notReady = figures.Instances
        .SelectMany(instance => instance.Models)
        .GroupBy(told => told.Key, told => told.Value)
        .Select(told => (Id: told.Key, Figures: Newest(told)))
        .Where(told => told.Figures.All(one => one.Status is "pending" or "loading" or "failed"))
        .ToFrozenDictionary(told => told.Id, told => told.Figures[0].Revision);

    public MeshFigures Figures => figures;

    /// <summary>What was told of an older revision says nothing of a newer one.</summary>
    public bool Contains(ModelVersion model) => _notReady.Count == 0 || !_notReady.TryGetValue(model.Id, out var revision) || revision < model.Revision;

    private static ModelFigures[] Newest(IEnumerable<ModelFigures> told)
    {
        var all = told.ToArray();
        var newest = all.Max(one => one.Revision);
        return [.. all.Where(one => one.Revision == newest)];
    }
}
