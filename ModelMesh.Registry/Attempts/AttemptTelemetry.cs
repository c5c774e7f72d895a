using System.Diagnostics.Metrics;
using ModelMesh.Contracts.Catalog;
using ModelMesh.Registry.Inference;
using ModelMesh.ServiceDefaults.Resilience;

namespace ModelMesh.Registry.Attempts;

/// <summary>What the registry measures of its attempts at backends.</summary>
internal static class AttemptTelemetry
{
    private static readonly Meter Meter = new(InferenceTelemetry.Name);
    private static readonly Counter<long> Attempts = Meter.CreateCounter<long>("modelmesh.registry.attempts", "{attempt}", "Calls of backends, by model and what they say of their endpoint");
    private static readonly Counter<long> Retries = Meter.CreateCounter<long>("modelmesh.registry.retries", "{retry}", "Calls of backends that repeat one that failed, by model and what failed");
    private static readonly Counter<long> Breakers = Meter.CreateCounter<long>("modelmesh.registry.breaker_changes", "{change}", "Circuit breakers that opened or closed, by model");

    public static void Attempted(ModelId id, AttemptResult result) => Attempts.Add(1, new("model", id.Name), new("version", id.Version), new("outcome", result switch
    {
        AttemptResult.Answered => "answered",
        AttemptResult.Failed => "failed",
        _ => "nothing",
    }));

    /// <param name="id">Which model.</param>
    /// <param name="error">A backend's error kind, or the type of what it threw.</param>
    public static void Retried(ModelId id, string error) => Retries.Add(1, new("model", id.Name), new("version", id.Version), new("error", error));

    public static void BreakerChanged(ModelId id, CircuitChange change) => Breakers.Add(1, new("model", id.Name), new("version", id.Version), new("change", change switch
    {
        CircuitChange.Closed => "closed",
        CircuitChange.Reopened => "reopened",
        _ => "opened",
    }));
}
