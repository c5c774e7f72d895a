using ModelMesh.Contracts.Catalog;

namespace ModelMesh.ServiceDefaults.Catalog;

/// <summary>
/// The events heard since the last pass. They tell which models changed, so that a pass need not load all of them; being heard or not
/// decides nothing else. Thread-safe.
/// </summary>
internal sealed class CatalogEvents
{
    // More than this unheard of is cheaper to load as a whole.
    private const int MostKept = 1_000;

    private readonly Lock _gate = new();
    private readonly Dictionary<long, CatalogEvent> _heard = [];

    public void Add(CatalogEvent heard)
    {
        lock (_gate)
        {
            if (_heard.Count < MostKept)
            {
                _heard[heard.Revision] = heard;
            }
        }
    }

    /// <summary>The events that lead from one revision to another, in order, or null when one of them was not heard. Forgets all up to <paramref name="to"/>.</summary>
    public IReadOnlyList<CatalogEvent>? Take(long from, long to)
    {
        lock (_gate)
        {
            if (to < from)
            {
                // A store that went back in time counts the same revisions again, for other changes.
                _heard.Clear();
                return null;
            }

            List<CatalogEvent>? path = to - from <= MostKept ? [] : null;
            for (var revision = from + 1; path is not null && revision <= to; revision++)
            {
                if (_heard.TryGetValue(revision, out var heard))
                {
                    path.Add(heard);
                }
                else
                {
                    path = null;
                }
            }

            foreach (var old in _heard.Keys.Where(revision => revision <= to).ToList())
            {
                _heard.Remove(old);
            }

            return path;
        }
    }
}
