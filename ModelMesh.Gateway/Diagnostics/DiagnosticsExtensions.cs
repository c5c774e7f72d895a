namespace ModelMesh.Gateway.Diagnostics;

internal static class DiagnosticsExtensions
{
    public static WebApplicationBuilder AddGatewayDiagnostics(this WebApplicationBuilder builder)
    {
        builder.Services.AddSingleton<GatewayMetrics>();
        builder.Services.AddHealthChecks().AddCheck<ReadinessCheck>("gateway");
        return builder;
    }
}
