using ModelMesh.Contracts.Catalog;
using ModelMesh.Contracts.Traffic;

namespace ModelMesh.Registry.Traffic;

/// <summary>What an entry refers to: as long as it does, that cannot be deleted.</summary>
/// <param name="Field">Where it stands in the entry, as an operator wrote it.</param>
/// <param name="Target">A model or, but for an alias, an alias.</param>
internal sealed record TrafficReference(string Field, ModelTarget Target)
{
    /// <summary>As scripts are given it: <c>name@version</c>, each part percent-encoded, or <c>name@</c>.</summary>
    public string Key => Target.Version is { } version ? new ModelId(Target.Model, version).ToString() : $"{Uri.EscapeDataString(Target.Model)}@";

    /// <summary>Everything that an entry refers to. A rollout that has ended refers to nothing any more.</summary>
    public static IReadOnlyList<TrafficReference> Of(ITrafficEntry entry) => entry switch
    {
        Alias alias => [new("target", alias.Target)],
        RoutingRule rule => [new("target", rule.Target)],
        RoutingDefaults routing => [.. OfRouting(routing)],
        Rollout { Status: RolloutStatuses.Pending or RolloutStatuses.Running or RolloutStatuses.Paused } rollout =>
            [new("from", new ModelTarget(rollout.Model, rollout.From)), new("to", new ModelTarget(rollout.Model, rollout.To))],
        _ => [],
    };

    private static IEnumerable<TrafficReference> OfRouting(RoutingDefaults routing)
    {
        if (routing.Default is { } target)
        {
            yield return new("default", target);
        }

        foreach (var (index, fallback) in routing.Fallbacks.Index())
        {
            yield return new($"fallbacks[{index}]", fallback);
        }

        foreach (var (name, chain) in routing.ModelFallbacks)
        {
            foreach (var (index, fallback) in chain.Index())
            {
                yield return new($"model_fallbacks.{name}[{index}]", fallback);
            }
        }
    }
}
