using ModelMesh.Contracts.Traffic;
using ModelMesh.Registry.Traffic;
using ModelMesh.ServiceDefaults.Catalog;

namespace ModelMesh.Registry.Ui.Routing;

/// <summary>What else names an alias or a caller.</summary>
/// <param name="Holders">Entries that keep it from being deleted, for people.</param>
/// <param name="Mentions">Entries that name it, and would do nothing without it.</param>
public sealed record EntryUses(IReadOnlyList<string> Holders, IReadOnlyList<string> Mentions)
{
    public static EntryUses None { get; } = new([], []);

    public bool IsUsed => Holders.Count + Mentions.Count > 0;

    /// <summary>Both, for a cell of a table.</summary>
    public string Text => string.Join(", ", Holders.Concat(Mentions));

    internal static EntryUses OfAlias(CatalogSnapshot catalog, string name)
    {
        var entries = catalog.Traffic.Entries;
        var holders = entries
            .Where(entry => entry.Value is not Alias and not Rollout && TrafficReference.Of(entry.Value).Any(reference => reference.Target == new ModelTarget(name)))
            .Select(entry => Label(entry.Key));
        var mentions = entries.Where(entry => entry.Value is RateLimit limit && limit.Model == name).Select(entry => Label(entry.Key));
        var chains = catalog.Traffic.Routing.ModelFallbacks.ContainsKey(name) ? ["its fallbacks in the routing"] : Array.Empty<string>();
        return new EntryUses(Sorted(holders), Sorted(mentions.Concat(chains)));
    }

    internal static EntryUses OfCaller(CatalogSnapshot catalog, string name) =>
        new([], Sorted(catalog.Traffic.Limits.Where(limit => limit.Caller == name).Select(limit => Label(new TrafficId(TrafficKinds.Limit, limit.Name)))));

    private static IReadOnlyList<string> Sorted(IEnumerable<string> labels) => [.. labels.Order(StringComparer.Ordinal)];

    private static string Label(TrafficId id) => id.Kind == TrafficKinds.Routing ? "the routing" : $"{id.Kind} '{id.Name}'";
}
