using Microsoft.Extensions.Options;
using ModelMesh.ServiceDefaults.Prometheus;

namespace ModelMesh.Registry.Diagnostics;

internal static class DiagnosticsExtensions
{
    /// <summary>What can be read off the replica at any moment, and where all replicas' figures are. Needs the catalog, leases, plugins, instances and <c>AddInference</c>.</summary>
    public static WebApplicationBuilder AddRegistryDiagnostics(this WebApplicationBuilder builder)
    {
        builder.Services.AddSingleton<IInstruments, ModelGauges>();
        builder.Services.AddSingleton<IInstruments, PluginGauges>();
        builder.Services.AddSingleton<IInstruments, RolloutGauges>();
        builder.Services.AddSingleton<ScrapeTargets>();
        return builder;
    }

    public static WebApplication MapRegistryDiagnostics(this WebApplication app)
    {
        if (app.Services.GetRequiredService<IOptions<MetricsOptions>>().Value.Enabled)
        {
            app.MapGet("/metrics/targets", (RequestDelegate)app.Services.GetRequiredService<ScrapeTargets>().WriteAsync);
        }

        return app;
    }
}
