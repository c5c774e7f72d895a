using System.Reflection;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Hosting;
using ModelMesh.ServiceDefaults.Prometheus.Names;

namespace ModelMesh.ServiceDefaults.Prometheus;

/// <summary>What <c>target_info</c> says of the process: OpenTelemetry's resource, of which only the name can be set.</summary>
internal sealed class TargetLabels(IHostEnvironment host, IConfiguration configuration)
{
    /// <summary>The text between a sample's braces.</summary>
    public string Text { get; } = LabelText.Of(
    [
        new("service_name", configuration["OTEL_SERVICE_NAME"] is { Length: > 0 } name ? name : host.ApplicationName),
        new("service_version", Assembly.GetEntryAssembly()?.GetName().Version?.ToString(3) ?? ""),
    ]);
}
