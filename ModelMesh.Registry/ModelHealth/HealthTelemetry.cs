using System.Diagnostics.Metrics;
using ModelMesh.Registry.Inference;
using ModelMesh.ServiceDefaults.Catalog;

namespace ModelMesh.Registry.ModelHealth;

/// <summary>What the registry measures of health: how many models are in which state, and how its probes ended.</summary>
internal sealed class HealthTelemetry : IDisposable
{
    // Its own, and not a static one: the gauge leads to this host's catalog, and ends with it.
    private readonly Meter _meter = new(InferenceTelemetry.Name);
    private readonly Counter<long> _probes;

    public HealthTelemetry(ICatalog catalog, IModelHealth health)
    {
        _probes = _meter.CreateCounter<long>("modelmesh.registry.health_probes", "{probe}", "Probes of upstreams by outcome");
        _meter.CreateObservableGauge(
            "modelmesh.registry.models",
            () => catalog.Current.All.CountBy(model => health.Of(model).Standing.State).Select(count => new Measurement<long>(count.Value, new KeyValuePair<string, object?>("health", HealthFields.Name(count.Key)))),
            "{model}",
            "Registered model versions by the health of their upstream, as this replica knows it");
    }

    public void Probed(string outcome) => _probes.Add(1, new KeyValuePair<string, object?>("outcome", outcome));

    public void Dispose() => _meter.Dispose();
}
