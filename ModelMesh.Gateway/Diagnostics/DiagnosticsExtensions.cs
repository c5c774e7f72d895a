using ModelMesh.ServiceDefaults.Prometheus;

namespace ModelMesh.Gateway.Diagnostics;

internal static class DiagnosticsExtensions
{
    public static WebApplicationBuilder AddGatewayDiagnostics(this WebApplicationBuilder builder)
    {
        builder.Services.AddSingleton<GatewayMetrics>();
        builder.Services.AddSingleton<IInstruments, GatewayGauges>();
        builder.Services.AddHealthChecks().AddCheck<ReadinessCheck>("gateway");
        return builder;
    }
}
