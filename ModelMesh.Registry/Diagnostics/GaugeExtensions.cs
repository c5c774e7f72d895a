using ModelMesh.ServiceDefaults.Prometheus;

namespace ModelMesh.Registry.Diagnostics;

internal static class GaugeExtensions
{
    /// <summary>What can be read off the replica at any moment. Needs the catalog, leases, plugins and <c>AddInference</c>.</summary>
    public static WebApplicationBuilder AddRegistryGauges(this WebApplicationBuilder builder)
    {
        builder.Services.AddSingleton<IInstruments, ModelGauges>();
        builder.Services.AddSingleton<IInstruments, PluginGauges>();
        builder.Services.AddSingleton<IInstruments, RolloutGauges>();
        return builder;
    }
}
