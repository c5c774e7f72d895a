using System.Diagnostics.Metrics;
using ModelMesh.Contracts.Catalog;
using ModelMesh.Registry.Endpoints;
using ModelMesh.Registry.Inference;
using ModelMesh.Registry.Leases;
using ModelMesh.Registry.Plugins;
using ModelMesh.ServiceDefaults.Catalog;
using ModelMesh.ServiceDefaults.Prometheus;

namespace ModelMesh.Registry.Diagnostics;

/// <summary>How model versions stand at this replica, each time that somebody wants to know.</summary>
internal sealed class ModelGauges : IInstruments
{
    private static readonly string[] States = ["pending", "loading", "ready", "draining", "failed"];

    private readonly ICatalog _catalog;
    private readonly IHeldSlots _slots;
    private readonly IBackendTypes _types;
    private readonly IEndpointStates _endpoints;

    public ModelGauges(IMeterFactory meters, ICatalog catalog, IHeldSlots slots, IBackendTypes types, IEndpointStates endpoints)
    {
        (_catalog, _slots, _types, _endpoints) = (catalog, slots, types, endpoints);
        var meter = meters.Create(InferenceTelemetry.Name);
        meter.CreateObservableGauge("modelmesh.registry.versions", ByState, "{version}", "Model versions by their status at this replica: pending, loading, ready, draining or failed");
        meter.CreateObservableGauge("modelmesh.registry.version.ready", Ready, "{version}", "Whether this replica can serve a model version: 1 or 0");
        meter.CreateObservableGauge("modelmesh.registry.leases.held", Held, "{lease}", "Slots of a model version that this replica holds");
        meter.CreateObservableGauge("modelmesh.registry.leases.limit", Limits, "{lease}", "Slots that a model version has in the whole mesh, its max_concurrency");
        meter.CreateObservableGauge("modelmesh.registry.breaker.state", Breakers, "{state}", "Circuit breaker of each endpoint of a model version, counted from 1: 0 closed, 1 open, 2 half open");
    }

    private IEnumerable<Measurement<int>> ByState()
    {
        var counts = _catalog.Current.All.CountBy(model => _types.StatusOf(model).State, StringComparer.Ordinal).ToDictionary(StringComparer.Ordinal);
        return States.Select(state => new Measurement<int>(counts.GetValueOrDefault(state), new KeyValuePair<string, object?>("status", state)));
    }

    private IEnumerable<Measurement<int>> Ready() => _catalog.Current.All.Select(model => Of(model.Id, _types.StatusOf(model).State is "ready" ? 1 : 0));

    private IEnumerable<Measurement<int>> Held()
    {
        var held = _slots.HeldByModel;

        // A version that was deleted while streams of it ran has left the catalog.
        return _catalog.Current.All.Select(model => model.Id).Union(held.Keys).Select(id => Of(id, held.GetValueOrDefault(id)));
    }

    private IEnumerable<Measurement<int>> Limits() => _catalog.Current.All.Select(model => Of(model.Id, model.MaxConcurrency));

    private IEnumerable<Measurement<int>> Breakers() => _catalog.Current.All.SelectMany(model => (_endpoints.Of(model) ?? []).Select((endpoint, index) => new Measurement<int>(
        (int)endpoint.State, new("model", model.Name), new("version", model.Version), new KeyValuePair<string, object?>("endpoint", index + 1))));

    private static Measurement<int> Of(ModelId id, int value) => new(value, new("model", id.Name), new KeyValuePair<string, object?>("version", id.Version));
}
