using System.Text.Json;

namespace ModelMesh.Cli.Http.Views;

internal sealed record TargetView(string Model, string? Version)
{
    public override string ToString() => Version is null ? Model : $"{Model}@{Version}";
}

internal sealed record AliasListView(IReadOnlyList<AliasView> Aliases);

internal sealed record AliasView(string Name, TargetView Target, IReadOnlyList<ShareView> ResolvesTo);

internal sealed record ShareView(string Model, string Version, double Share);

internal sealed record RuleListView(IReadOnlyList<RuleView> Rules);

internal sealed record RuleView(string Name, int Priority, bool Enabled, IReadOnlyList<ConditionView> Conditions, TargetView Target, int Weight);

internal sealed record ConditionView(string Field, string Operator, JsonElement? Value)
{
    public override string ToString() => Value is { } value ? $"{Field} {Operator} {value.GetRawText()}" : $"{Field} {Operator}";
}

internal sealed record LimitListView(IReadOnlyList<LimitView> Limits);

internal sealed record LimitView(string Name, string? Model, string? Caller, long? RequestsPerMinute, long? TokensPerMinute);

internal sealed record CallerListView(IReadOnlyList<CallerView> Callers);

internal sealed record CallerView(string Name, string KeySha256, string Tier, int Priority);

internal sealed record RoutingView(TargetView? Default, IReadOnlyList<TargetView> Fallbacks, IReadOnlyDictionary<string, IReadOnlyList<TargetView>> ModelFallbacks);

internal sealed record ExplanationView(
    DecisionView Decision, IReadOnlyList<RouteView> Routes, IReadOnlyList<StepView> Steps, IReadOnlyList<RuleNoteView> Rules, IReadOnlyList<VersionNoteView> Versions);

internal sealed record DecisionView(string By, string? Rule, string? Model, string? Version, bool Certain, ErrorView? Error);

internal sealed record RouteView(string Model, string Version, string? Adapter);

internal sealed record StepView(int Step, string Outcome);

internal sealed record RuleNoteView(string Name, int Priority, double? Share, bool Taken, string Outcome);

internal sealed record VersionNoteView(string Model, string? Version, int? Place, double? Share, string Outcome);
