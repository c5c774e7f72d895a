using ModelMesh.Contracts.Traffic;
using ModelMesh.Registry.Ui.Rollouts;
using ModelMesh.Registry.Ui.Routing;

namespace ModelMesh.Registry.Ui.Events;

/// <summary>What became of an alias, a rule, a rollout or another entry of the traffic, as people say it. Pure.</summary>
internal static class EntryWords
{
    public static LogDraft Written(TrafficId id, ITrafficEntry? before, ITrafficEntry now)
    {
        var action = before is null && now.UpdatedAt <= now.CreatedAt ? "added" : "changed";
        return now switch
        {
            Rollout rollout => new LogDraft(
                id.Kind,
                id.Name,
                rollout.Status.Replace('_', ' '),
                $"{rollout.From} → {rollout.To}: {rollout.Message}",
                RolloutPaths.Page(rollout.Model),
                rollout.Status is RolloutStatuses.RolledBack or RolloutStatuses.Failed),
            Alias alias => new LogDraft(id.Kind, id.Name, action, Moved((before as Alias)?.Target, alias.Target), RoutingWords.Edit("aliases", id.Name)),
            RoutingRule rule => new LogDraft(id.Kind, id.Name, action, $"to {RoutingWords.Target(rule.Target)}, priority {rule.Priority}{(rule.Enabled ? "" : ", switched off")}", RoutingWords.Edit("rules", id.Name)),
            RoutingDefaults routing => new LogDraft(id.Kind, "defaults", action, routing.Default is { } target ? $"default {RoutingWords.Target(target)}" : "no default", "/ui/routing/defaults"),
            RateLimit limit => new LogDraft(id.Kind, id.Name, action, Amount(limit), RoutingWords.Edit("limits", id.Name)),
            _ => new LogDraft(id.Kind, id.Name, action, "", id.Kind == TrafficKinds.Caller ? RoutingWords.Edit("callers", id.Name) : null),
        };
    }

    private static string Moved(ModelTarget? before, ModelTarget now) => before is null || before == now ? $"to {RoutingWords.Target(now)}" : $"{RoutingWords.Target(before)} → {RoutingWords.Target(now)}";

    private static string Amount(RateLimit limit) => string.Join(", ", new[]
    {
        limit.RequestsPerMinute is { } requests ? $"{requests} requests a minute" : null,
        limit.TokensPerMinute is { } tokens ? $"{tokens} tokens a minute" : null,
    }.OfType<string>());
}
