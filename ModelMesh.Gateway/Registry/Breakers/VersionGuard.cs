using ModelMesh.Contracts.Catalog;
using ModelMesh.ServiceDefaults.Resilience;

namespace ModelMesh.Gateway.Registry.Breakers;

/// <summary>What this gateway has learned of one revision of a model version, by the requests it sent there. Thread-safe.</summary>
internal sealed class VersionGuard(ModelVersion model, TimeProvider time)
{
    // Doubling ends early, so that a version which is well again is found so within half a minute.
    private static readonly TimeSpan LongestOpen = TimeSpan.FromSeconds(30);

    public ModelId Id { get; } = model.Id;

    public long Revision { get; } = model.Revision;

    public CircuitBreaker Breaker { get; } =
        new(new CircuitRules(model.Resilience.BreakerFailures, TimeSpan.FromMilliseconds(model.Resilience.BreakerOpenMs), LongestOpen), time);

    /// <summary>For attempts that the gateway makes besides the first: a whole answer asked for again, a hedge.</summary>
    public RetryBudget Budget { get; } = new(model.Resilience.RetryBudget, time);
}
