using System.Diagnostics.Metrics;
using ModelMesh.Gateway.Registry;
using ModelMesh.Gateway.Shadows;
using ModelMesh.ServiceDefaults.Prometheus;

namespace ModelMesh.Gateway.Diagnostics;

/// <summary>What can be read off the gateway at any moment.</summary>
internal sealed class GatewayGauges : IInstruments
{
    public GatewayGauges(IMeterFactory meters, RegistryFleet fleet, ShadowCopies shadows)
    {
        var meter = meters.Create(GatewayMetrics.Name);
        meter.CreateObservableGauge("modelmesh.gateway.instances", () => fleet.Count, "{instance}", "Registry replicas that requests can be sent to");
        meter.CreateObservableGauge("modelmesh.gateway.shadow.in_flight", () => shadows.InFlight, "{copy}", "Copies for shadow versions that are under way");
    }
}
