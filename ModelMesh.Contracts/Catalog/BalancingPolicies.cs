namespace ModelMesh.Contracts.Catalog;

/// <summary>The names of the ways to choose one of several places that can serve a request.</summary>
public static class BalancingPolicies
{
    public const string RoundRobin = "round_robin";
    public const string LeastInFlight = "least_in_flight";
    public const string PowerOfTwoChoices = "power_of_two_choices";
    public const string WeightedRandom = "weighted_random";
    public const string ConsistentHash = "consistent_hash";
    public const string PrefixAffinity = "prefix_affinity";

    public static IReadOnlyList<string> All { get; } = [RoundRobin, LeastInFlight, PowerOfTwoChoices, WeightedRandom, ConsistentHash, PrefixAffinity];
}
