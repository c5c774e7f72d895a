using ModelMesh.Contracts.Catalog;
using ModelMesh.Gateway.Diagnostics;
using ModelMesh.Gateway.Registry.Breakers;
using ModelMesh.ServiceDefaults.Resilience;

namespace ModelMesh.Gateway.Registry.Failover;

/// <summary>What all walks share, and what they tell operators. Thread-safe.</summary>
internal sealed partial class FailoverParts(RegistryFleet fleet, VersionGuards guards, FailoverMetrics metrics, ILogger<FailoverParts> logger)
{
    public RegistryFleet Fleet => fleet;

    public VersionGuards Guards => guards;

    public FailoverMetrics Metrics => metrics;

    /// <summary>What another instance may serve is the instance's own fault. A model that is full, or a request that is wrong, is not worth a warning each.</summary>
    public void InstanceFailed(ModelId model, string instance, FailedAttempt failure)
    {
        metrics.FailedOver(model, AttemptCause.Instance(failure.Error.Code));
        AttemptFailed(instance, failure.Error.Code);
    }

    public void BreakerChanged(VersionGuard guard, CircuitChange change)
    {
        if (change is CircuitChange.Opened)
        {
            BreakerOpened(guard.Id.ToString(), guard.Breaker.Failures, guard.Breaker.UntilProbe);
        }
        else
        {
            BreakerClosed(guard.Id.ToString());
        }
    }

    [LoggerMessage(EventId = 20, EventName = "AttemptFailed", Level = LogLevel.Warning, Message = "Registry instance {Instance} did not serve a request: {Code}")]
    private partial void AttemptFailed(string instance, Contracts.Errors.ErrorCode code);

    [LoggerMessage(EventId = 21, EventName = "BreakerOpened", Level = LogLevel.Warning, Message = "{Model} failed {Failures} times in a row. Requests go elsewhere where they can; it is tried again in {Wait}")]
    private partial void BreakerOpened(string model, int failures, TimeSpan wait);

    [LoggerMessage(EventId = 22, EventName = "BreakerClosed", Level = LogLevel.Information, Message = "{Model} answers again")]
    private partial void BreakerClosed(string model);
}
