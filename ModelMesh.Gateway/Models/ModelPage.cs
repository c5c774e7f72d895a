namespace ModelMesh.Gateway.Models;

/// <summary>Some of the list's entries, and whether there are more in the direction that was asked for.</summary>
internal sealed record ModelPage(IReadOnlyList<ModelEntry> Entries, bool HasMore)
{
    public string? FirstId => Entries.Count > 0 ? Entries[0].Id : null;

    public string? LastId => Entries.Count > 0 ? Entries[^1].Id : null;

    /// <summary>Ids are in ordinal order, so a page continues at the right place also when the entry that it continues after is gone.</summary>
    /// <param name="entries">All of them, ordered by id.</param>
    /// <param name="query">Which are asked for.</param>
    public static ModelPage Of(IReadOnlyList<ModelEntry> entries, ModelListQuery query)
    {
        var matching = entries.Where(entry =>
            (query.After is null || string.CompareOrdinal(entry.Id, query.After) > 0)
            && (query.Before is null || string.CompareOrdinal(entry.Id, query.Before) < 0)
            && query.Filter.Matches(entry));
        if (query.Limit is not { } limit)
        {
            return new ModelPage([.. matching], false);
        }

        // One more than fits tells whether there is more.
        var some = query.Before is null ? matching.Take(limit + 1).ToArray() : [.. matching.TakeLast(limit + 1)];
        return some.Length <= limit ? new ModelPage(some, false)
            : new ModelPage(query.Before is null ? some[..limit] : some[1..], true);
    }
}
