using ModelMesh.Contracts.Traffic;

namespace ModelMesh.Registry.Ui.Routing;

/// <summary>A rule in the order in which rules are asked.</summary>
/// <param name="Rank">Rules of one priority share a rank, from 1: of those that a request meets the weights choose.</param>
/// <param name="Share">Its part of the weight of its rank, from 0 to 1; null where it is alone there, or switched off.</param>
public sealed record RuleRow(RoutingRule Rule, int Rank, double? Share)
{
    /// <param name="rules">By priority, the highest first.</param>
    internal static IReadOnlyList<RuleRow> Of(IEnumerable<RoutingRule> rules) =>
        [.. rules.GroupBy(rule => rule.Priority).SelectMany((rank, index) => Ranked([.. rank], index + 1))];

    private static IEnumerable<RuleRow> Ranked(List<RoutingRule> rules, int rank)
    {
        var sum = rules.Where(rule => rule.Enabled).Sum(rule => (double)rule.Weight);
        var isAlone = rules.Count(rule => rule.Enabled) < 2;
        return rules.Select(rule => new RuleRow(rule, rank, isAlone || !rule.Enabled ? null : sum == 0 ? 0 : rule.Weight / sum));
    }
}
