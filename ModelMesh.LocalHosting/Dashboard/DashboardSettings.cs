using Microsoft.Extensions.Configuration;

namespace ModelMesh.LocalHosting;

/// <param name="IsEnabled">Section <c>Dashboard</c>, key <c>Enabled</c>.</param>
/// <param name="Port">The dashboard's own; 0 takes a free one.</param>
/// <param name="OtlpPort">Where services send telemetry by gRPC; 0 takes a free one.</param>
internal sealed record DashboardSettings(bool IsEnabled, int Port, int OtlpPort)
{
    private const int DefaultPort = 18888;
    private const int DefaultOtlpPort = 4317;

    public static DashboardSettings From(IConfiguration configuration) => new(
        configuration.GetValue("Dashboard:Enabled", defaultValue: true),
        configuration.GetValue("Ports:Dashboard", DefaultPort),
        configuration.GetValue("Ports:Otlp", DefaultOtlpPort));
}
