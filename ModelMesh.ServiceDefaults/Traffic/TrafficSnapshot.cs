using System.Collections.Immutable;
using ModelMesh.Contracts.Traffic;

namespace ModelMesh.ServiceDefaults.Traffic;

/// <summary>What the catalog says of traffic at one revision: aliases, rules and the rest, ready to be looked up. Immutable.</summary>
public sealed class TrafficSnapshot
{
    private TrafficSnapshot(ImmutableDictionary<TrafficId, ITrafficEntry> entries)
    {
        Entries = entries;
        Aliases = Of<Alias>().ToImmutableDictionary(alias => alias.Name, StringComparer.Ordinal);
        Rules = [.. Of<RoutingRule>().OrderByDescending(rule => rule.Priority).ThenBy(rule => rule.Name, StringComparer.Ordinal)];
        Routing = Of<RoutingDefaults>().FirstOrDefault() ?? new RoutingDefaults();
        Limits = [.. Of<RateLimit>().OrderBy(limit => limit.Name, StringComparer.Ordinal)];

        // Two callers may have been given one key by two operators: the first by name counts, everywhere.
        CallersByKey = Of<Caller>().GroupBy(caller => caller.KeySha256, StringComparer.Ordinal)
            .ToImmutableDictionary(group => group.Key, group => group.MinBy(caller => caller.Name, StringComparer.Ordinal)!, StringComparer.Ordinal);
        Rollouts = Of<Rollout>().ToImmutableDictionary(rollout => rollout.Model, StringComparer.Ordinal);
    }

    public static TrafficSnapshot Empty { get; } = new(ImmutableDictionary<TrafficId, ITrafficEntry>.Empty);

    public ImmutableDictionary<TrafficId, ITrafficEntry> Entries { get; }

    /// <summary>By their names.</summary>
    public ImmutableDictionary<string, Alias> Aliases { get; }

    /// <summary>By priority, the highest first, then by name.</summary>
    public ImmutableArray<RoutingRule> Rules { get; }

    public RoutingDefaults Routing { get; }

    /// <summary>By name.</summary>
    public ImmutableArray<RateLimit> Limits { get; }

    /// <summary>By the SHA-256 of their keys.</summary>
    public ImmutableDictionary<string, Caller> CallersByKey { get; }

    /// <summary>The newest rollout of each model, by the model's name, ended ones too.</summary>
    public ImmutableDictionary<string, Rollout> Rollouts { get; }

    public static TrafficSnapshot Create(IEnumerable<KeyValuePair<TrafficId, ITrafficEntry>> entries) => new(entries.ToImmutableDictionary());

    public ITrafficEntry? Find(TrafficId id) => Entries.GetValueOrDefault(id);

    public TrafficSnapshot With(TrafficId id, ITrafficEntry entry) => new(Entries.SetItem(id, entry));

    public TrafficSnapshot Without(TrafficId id) => Entries.ContainsKey(id) ? new(Entries.Remove(id)) : this;

    private IEnumerable<T> Of<T>()
        where T : ITrafficEntry => Entries.Values.OfType<T>();
}
