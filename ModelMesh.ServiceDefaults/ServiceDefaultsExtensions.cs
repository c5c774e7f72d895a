using Microsoft.AspNetCore.Builder;
using ModelMesh.ServiceDefaults.Health;
using ModelMesh.ServiceDefaults.Logs;
using ModelMesh.ServiceDefaults.Prometheus;
using ModelMesh.ServiceDefaults.Shutdown;
using ModelMesh.ServiceDefaults.Telemetry;

namespace ModelMesh.ServiceDefaults;

/// <summary>What every service of the mesh has. No blanket HTTP retry or time-out is among it: those cut model calls and send prompts twice.</summary>
public static class ServiceDefaultsExtensions
{
    public static WebApplicationBuilder AddServiceDefaults(this WebApplicationBuilder builder)
    {
        builder.AddRequestLogs();
        builder.AddTelemetry();
        builder.AddHealth();
        builder.AddDelayedStop();
        builder.AddPrometheus();
        return builder;
    }
}
