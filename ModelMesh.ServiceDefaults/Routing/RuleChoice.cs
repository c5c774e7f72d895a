using ModelMesh.Contracts.Traffic;

namespace ModelMesh.ServiceDefaults.Routing;

/// <summary>A rule that decides, and what its target stands for.</summary>
internal sealed record ChosenRule(RoutingRule Rule, Destination Target);

/// <summary>
/// Which rule decides. Null when none does.
/// 1. A rule has to be enabled and to have a weight. Where the request names a model it needs a condition on <c>model</c>.
/// 2. All its conditions hold.
/// 3. Its target is there and takes requests, with the adapter that the request names: one whose target is not is as if it were not there.
/// 4. Of these those with the highest priority.
/// 5. Of several one by weight: the one that the hash key belongs to, else the one that the roll falls on.
/// </summary>
internal static class RuleChoice
{
    /// <param name="model">The name or alias that the request names; null for one that names none.</param>
    /// <param name="adapter">The adapter that it names, or empty.</param>
    public static ChosenRule? Choose(RoutingInputs inputs, string? model, string adapter)
    {
        var fields = new RequestFields(inputs.Request, model);
        List<ChosenRule>? met = null;
        List<(RoutingRule Rule, string? WhyNot, List<ConditionTrace> Conditions)>? traced = inputs.Trace is null ? null : [];
        foreach (var rule in inputs.Catalog.Traffic.Rules)
        {
            // 4
            var isLower = met is not null && rule.Priority < met[0].Rule.Priority;
            if (isLower && traced is null)
            {
                break;
            }

            Destination? target = null;
            var conditions = traced is null ? null : Traced(rule, fields);
            var whyNot = WhyNot(rule, model) ?? WhyNotMet(rule, fields) ?? WhyNoTarget(inputs, rule, adapter, out target) ?? (isLower ? "a rule of higher priority is met" : null);
            traced?.Add((rule, whyNot, conditions!));
            if (whyNot is null)
            {
                (met ??= []).Add(new ChosenRule(rule, target!));
            }
        }

        var chosen = met is null ? null : Pick(inputs, met);
        Note(inputs, traced, met, chosen);
        return chosen;
    }

    private static string? WhyNot(RoutingRule rule, string? model) => rule switch
    {
        // 1
        { Enabled: false } => "is disabled",
        { Weight: <= 0 } => "has the weight 0",
        _ when model is not null && !rule.Conditions.Any(condition => condition.Field == RequestFields.Model) => "has no condition on model, and the request names one",
        _ => null,
    };

    // 2
    private static string? WhyNotMet(RoutingRule rule, RequestFields fields)
    {
        foreach (var condition in rule.Conditions)
        {
            if (!ConditionCheck.Holds(condition, fields.Find(condition.Field)))
            {
                return "not all of its conditions hold";
            }
        }

        return null;
    }

    // 3
    private static string? WhyNoTarget(RoutingInputs inputs, RoutingRule rule, string adapter, out Destination? target)
    {
        target = Destination.Of(inputs.Catalog, rule.Target, adapter);
        return target is null ? $"its target {TargetText.Of(rule.Target, adapter)} is not registered"
            : target.Candidates(inputs.IsReady).IsEmpty ? $"its target {TargetText.Of(rule.Target, adapter)} has no version that takes requests which name none"
            : null;
    }

    // 5
    private static ChosenRule Pick(RoutingInputs inputs, List<ChosenRule> met)
    {
        if (met.Count == 1)
        {
            return met[0];
        }

        if (inputs.Request.HashKey is { } key)
        {
            // Drawn under another id than a version of the same name, so that the two choices have nothing to do with each other.
            return WeightedRendezvous.Pick(key, met, static one => $"rule:{one.Rule.Name}", Weight);
        }

        return inputs.Roll is { } roll ? WeightedSplit.Pick(roll(), met, Weight) : met.MaxBy(Weight)!;
    }

    private static int Weight(ChosenRule one) => one.Rule.Weight;

    private static List<ConditionTrace> Traced(RoutingRule rule, RequestFields fields) =>
        [.. rule.Conditions.Select(condition =>
            {
                var actual = fields.Find(condition.Field);
                return new ConditionTrace(condition.Field, condition.Operator, condition.Value, actual.ToString(), ConditionCheck.Holds(condition, actual));
            })];

    private static void Note(RoutingInputs inputs, List<(RoutingRule Rule, string? WhyNot, List<ConditionTrace> Conditions)>? traced, List<ChosenRule>? met, ChosenRule? chosen)
    {
        if (traced is null)
        {
            return;
        }

        if (met is { Count: > 1 } && inputs.IsGuess)
        {
            inputs.Trace!.Guessed();
        }

        var weights = met?.Sum(one => (double)one.Rule.Weight) ?? 0;
        foreach (var (rule, whyNot, conditions) in traced)
        {
            var isTaken = ReferenceEquals(rule, chosen?.Rule);
            var outcome = whyNot ?? (isTaken ? $"decides: to {TargetText.Of(rule.Target, "")}" : "is met, and another of the same priority was taken by weight");
            inputs.Trace!.Rule(new RuleTrace(rule.Name, rule.Priority, rule.Weight, whyNot is null ? rule.Weight / weights : null, isTaken, outcome, conditions));
        }
    }
}
