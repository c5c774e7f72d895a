using System.Text.Json;

namespace ModelMesh.ServiceDefaults.Routing;

/// <summary>Why a request was routed as it was, noted down on the way by the very code that decides. For one decision; not thread-safe.</summary>
public sealed class RoutingTrace
{
    private readonly List<StepTrace> _steps = [];
    private readonly List<RuleTrace> _rules = [];
    private readonly List<VersionTrace> _versions = [];

    /// <summary>In the order in which they were taken.</summary>
    public IReadOnlyList<StepTrace> Steps => _steps;

    /// <summary>All rules, by priority; empty where none was asked.</summary>
    public IReadOnlyList<RuleTrace> Rules => _rules;

    /// <summary>Each version of what the request was sent to, then of each fallback.</summary>
    public IReadOnlyList<VersionTrace> Versions => _versions;

    /// <summary>Whether every request like this goes the same way. False where a choice was by weight, and there was neither a hash key nor a roll.</summary>
    public bool IsCertain { get; private set; } = true;

    internal void Step(int number, string outcome) => _steps.Add(new StepTrace(number, outcome));

    internal void Rule(RuleTrace rule) => _rules.Add(rule);

    internal void Version(VersionTrace version) => _versions.Add(version);

    internal void Guessed() => IsCertain = false;
}

/// <summary>One step of the decision.</summary>
/// <param name="Step">Its number in <see cref="Router"/>.</param>
/// <param name="Outcome">What came of it, for people.</param>
public sealed record StepTrace(int Step, string Outcome);

/// <summary>One rule.</summary>
/// <param name="Share">Its part of the requests among the rules between which the weight decided, from 0 to 1; null for the others.</param>
/// <param name="Taken">Whether it decided.</param>
/// <param name="Outcome">Why or why not, for people.</param>
public sealed record RuleTrace(string Name, int Priority, int Weight, double? Share, bool Taken, string Outcome, IReadOnlyList<ConditionTrace> Conditions);

/// <summary>One condition of a rule.</summary>
/// <param name="Actual">What the request has in the field; null where it has nothing.</param>
public sealed record ConditionTrace(string Field, string Operator, JsonElement? Value, string? Actual, bool Holds);

/// <summary>One version that the request might have gone to.</summary>
/// <param name="Version">Null where what was to be tried is not there at all.</param>
/// <param name="Place">Its place in the order in which they are tried, from 1; null where it is left out.</param>
/// <param name="Share">Its part of such requests by weight, from 0 to 1; null where weights do not decide.</param>
/// <param name="Outcome">Why it is tried or left out, for people.</param>
public sealed record VersionTrace(string Model, string? Version, int? Place, double? Share, string Outcome);
