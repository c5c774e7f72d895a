using System.Collections.Frozen;

namespace ModelMesh.ServiceDefaults.Balancing;

/// <summary>The balancers by their names.</summary>
public static class Balancers
{
    private static readonly FrozenDictionary<string, IBalancer> ByName = new IBalancer[]
    {
        new RoundRobin(), new LeastInFlight(), new PowerOfTwoChoices(), new WeightedRandom(), new ConsistentHash(), new PrefixAffinity(),
    }.ToFrozenDictionary(balancer => balancer.Name, StringComparer.Ordinal);

    /// <summary>The balancer of a name in <see cref="Contracts.Catalog.BalancingPolicies"/>; least in flight for any other, which a newer replica may have stored.</summary>
    public static IBalancer Of(string name) => ByName.GetValueOrDefault(name) ?? ByName[Contracts.Catalog.BalancingPolicies.LeastInFlight];
}
