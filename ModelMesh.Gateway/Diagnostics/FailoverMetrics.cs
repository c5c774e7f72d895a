using System.Diagnostics.Metrics;
using ModelMesh.Contracts.Catalog;
using ModelMesh.Contracts.Errors;
using ModelMesh.Gateway.Registry.Breakers;
using ModelMesh.Gateway.Registry.Failover;

namespace ModelMesh.Gateway.Diagnostics;

/// <summary>What requests met on their way to an answer, on the meter <c>ModelMesh.Gateway</c>. Nothing here is touched per token.</summary>
internal sealed class FailoverMetrics
{
    private readonly Counter<long> _attempts;
    private readonly Counter<long> _failovers;
    private readonly Counter<long> _hedges;
    private readonly Counter<long> _continuations;

    public FailoverMetrics(IMeterFactory meters, VersionGuards guards)
    {
        var meter = meters.Create(GatewayMetrics.Name);
        _attempts = meter.CreateCounter<long>("modelmesh.gateway.attempts", "{attempt}", "Requests sent to registry instances, by model, version and how they began");
        _failovers = meter.CreateCounter<long>("modelmesh.gateway.failovers", "{failover}", "Requests that went on after a failure, by the model and version that they went on to, kind (instance, repeat, version) and reason");
        _hedges = meter.CreateCounter<long>("modelmesh.gateway.hedges", "{hedge}", "Second attempts beside a slow first one, by outcome (won, lost, over_budget)");
        _continuations = meter.CreateCounter<long>("modelmesh.gateway.continuations", "{continuation}", "Broken streams that were to be continued, by outcome (continued, failed)");
        meter.CreateObservableGauge(
            "modelmesh.gateway.breaker.state",
            () => guards.All.Select(guard => new Measurement<int>(
                (int)guard.Breaker.State, new KeyValuePair<string, object?>("model", guard.Id.Name), new KeyValuePair<string, object?>("version", guard.Id.Version))),
            "{state}",
            "Circuit breaker of each model version that was asked: 0 closed, 1 open, 2 half open");
    }

    /// <param name="error">Null: it answered.</param>
    public void Attempted(ModelId model, ErrorCode? error) =>
        _attempts.Add(1, Tag("model", model.Name), Tag("version", model.Version), Tag("outcome", error is { } code ? ErrorTable.Row(code).Name : RequestOutcomes.Ok));

    /// <param name="model">Where it went on.</param>
    /// <param name="cause">Why it had to.</param>
    public void FailedOver(ModelId model, AttemptCause cause) => _failovers.Add(
        1, Tag("model", model.Name), Tag("version", model.Version), Tag("kind", cause.Kind), Tag("reason", cause.Reason is { } reason ? ErrorTable.Row(reason).Name : ""));

    /// <param name="outcome"><c>won</c>, <c>lost</c> or <c>over_budget</c>.</param>
    public void Hedged(string outcome) => _hedges.Add(1, Tag("outcome", outcome));

    public void Continued(bool succeeded) => _continuations.Add(1, Tag("outcome", succeeded ? "continued" : "failed"));

    private static KeyValuePair<string, object?> Tag(string name, string value) => new(name, value);
}
