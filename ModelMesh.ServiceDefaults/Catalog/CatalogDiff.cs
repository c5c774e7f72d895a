using ModelMesh.Contracts.Catalog;
using ModelMesh.ServiceDefaults.Traffic;

namespace ModelMesh.ServiceDefaults.Catalog;

/// <summary>The events that lead from one snapshot to another, as far as the snapshots tell: what happened in between is gone.</summary>
internal static class CatalogDiff
{
    public static IReadOnlyList<CatalogEvent> Between(CatalogSnapshot previous, CatalogSnapshot current) =>
        Between(previous, current, current.All.Concat(previous.All.Where(model => current.Find(model.Id) is null)).Select(model => model.Id));

    /// <param name="models">Those that may differ, each once: with one of ten thousand changed the others are not looked at.</param>
    public static IReadOnlyList<CatalogEvent> Between(CatalogSnapshot previous, CatalogSnapshot current, IEnumerable<ModelId> models)
    {
        var events = new List<CatalogEvent>();
        foreach (var id in models)
        {
            var (before, model) = (previous.Find(id), current.Find(id));
            if (model is null)
            {
                if (before is not null)
                {
                    events.Add(new CatalogEvent(current.Revision, CatalogEventKinds.Deleted, id.ToString()));
                }
            }
            else if (before is null || before.Revision != model.Revision)
            {
                events.Add(new CatalogEvent(model.Revision, KindOf(before, model), id.ToString()));
            }
            else if (before.WeightRevision != model.WeightRevision)
            {
                events.Add(new CatalogEvent(model.WeightRevision, CatalogEventKinds.Weighted, id.ToString()));
            }
        }

        events.AddRange(Between(previous.Traffic, current.Traffic, current.Revision));
        events.Sort((left, right) => left.Revision.CompareTo(right.Revision));
        return events;
    }

    private static IEnumerable<CatalogEvent> Between(TrafficSnapshot previous, TrafficSnapshot current, long revision)
    {
        if (ReferenceEquals(previous, current))
        {
            return [];
        }

        var written = current.Entries.Where(entry => previous.Find(entry.Key)?.Revision != entry.Value.Revision)
            .Select(entry => new CatalogEvent(entry.Value.Revision, CatalogEventKinds.Written, entry.Key.ToString()));
        var removed = previous.Entries.Keys.Where(id => current.Find(id) is null).Select(id => new CatalogEvent(revision, CatalogEventKinds.Removed, id.ToString()));
        return written.Concat(removed);
    }

    private static string KindOf(ModelVersion? before, ModelVersion model) => (before, model) switch
    {
        (_, { Draining: true }) => CatalogEventKinds.Draining,
        (null, _) => CatalogEventKinds.Registered,
        ({ } old, _) when old.CreatedAt != model.CreatedAt => CatalogEventKinds.Registered,
        _ => CatalogEventKinds.Updated,
    };
}
