using ModelMesh.Contracts.Traffic;

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
                $"/ui/rollouts/{Uri.EscapeDataString(rollout.Model)}",
                rollout.Status is RolloutStatuses.RolledBack or RolloutStatuses.Failed),
            Alias alias => new LogDraft(id.Kind, id.Name, action, Moved((before as Alias)?.Target, alias.Target), Path("aliases", id)),
            RoutingRule rule => new LogDraft(id.Kind, id.Name, action, $"to {Text(rule.Target)}, priority {rule.Priority}{(rule.Enabled ? "" : ", switched off")}", Path("rules", id)),
            RoutingDefaults routing => new LogDraft(id.Kind, "defaults", action, routing.Default is { } target ? $"default {Text(target)}" : "no default", "/ui/routing/defaults"),
            RateLimit limit => new LogDraft(id.Kind, id.Name, action, Amount(limit), Path("limits", id)),
            _ => new LogDraft(id.Kind, id.Name, action, "", id.Kind == TrafficKinds.Caller ? Path("callers", id) : null),
        };
    }

    private static string Moved(ModelTarget? before, ModelTarget now) => before is null || before == now ? $"to {Text(now)}" : $"{Text(before)} → {Text(now)}";

    private static string Text(ModelTarget target) => target.Version is { } version ? $"{target.Model} @ {version}" : target.Model;

    private static string Amount(RateLimit limit) => string.Join(", ", new[]
    {
        limit.RequestsPerMinute is { } requests ? $"{requests} requests a minute" : null,
        limit.TokensPerMinute is { } tokens ? $"{tokens} tokens a minute" : null,
    }.OfType<string>());

    private static string Path(string collection, TrafficId id) => $"/ui/routing/{collection}/edit?name={Uri.EscapeDataString(id.Name)}";
}
