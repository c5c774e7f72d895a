using System.Reflection;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Hosting;
using ModelMesh.ServiceDefaults.Prometheus.Names;
using ModelMesh.ServiceDefaults.Telemetry;

namespace ModelMesh.ServiceDefaults.Prometheus;

/// <summary>What <c>target_info</c> says of the process: what the standard variables of OpenTelemetry do, and its name where they do not.</summary>
internal sealed class TargetLabels(IHostEnvironment host, IConfiguration configuration)
{
    /// <summary>The text between a sample's braces.</summary>
    public string Text { get; } = Of(
        configuration["OTEL_SERVICE_NAME"], configuration["OTEL_RESOURCE_ATTRIBUTES"], host.ApplicationName, Assembly.GetEntryAssembly()?.GetName().Version?.ToString(3));

    /// <summary>Each of these wins over those before: the version, the attributes, the name. Pure.</summary>
    public static string Of(string? serviceName, string? attributes, string application, string? version)
    {
        var labels = new Dictionary<string, object?>(StringComparer.Ordinal) { ["service.version"] = version };
        foreach (var pair in (attributes ?? "").Split(',').Select(attribute => attribute.Split('=', 2)).Where(pair => pair.Length == 2))
        {
            labels[pair[0].Trim()] = Uri.UnescapeDataString(pair[1].Trim());
        }

        // An id that is made up for a process would begin its series anew with each.
        foreach (var (name, value) in ServiceIdentity.Missing(serviceName, attributes, application, process: ""))
        {
            labels[name] = value;
        }

        labels["service.name"] = string.IsNullOrWhiteSpace(serviceName) ? labels["service.name"] : serviceName;
        return LabelText.Of([.. labels]);
    }
}
