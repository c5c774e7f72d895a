namespace ModelMesh.ServiceDefaults.Balancing;

/// <summary>
/// One way to choose one of several places that can serve a request. Pure: the same candidates and request give the same choice. No allocation; thread-safe.
/// </summary>
public interface IBalancer
{
    /// <summary>One of <see cref="Contracts.Catalog.BalancingPolicies"/>.</summary>
    string Name { get; }

    /// <summary>The index of the chosen one.</summary>
    /// <param name="candidates">Those that could serve; at least one.</param>
    /// <param name="request">What the choice may depend on.</param>
    int Choose(ReadOnlySpan<BalanceCandidate> candidates, in BalanceRequest request);
}
