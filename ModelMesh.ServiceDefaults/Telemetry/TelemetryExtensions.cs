using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using OpenTelemetry;

namespace ModelMesh.ServiceDefaults.Telemetry;

public static class TelemetryExtensions
{
    /// <summary>
    /// Traces, metrics and logs by OTLP when the standard variable <c>OTEL_EXPORTER_OTLP_ENDPOINT</c> says where to. The sources are those
    /// that .NET itself has for ASP.NET Core, HttpClient and the runtime, and every source and meter named <c>ModelMesh.*</c>.
    /// </summary>
    public static WebApplicationBuilder AddTelemetry(this WebApplicationBuilder builder)
    {
        if (string.IsNullOrWhiteSpace(builder.Configuration["OTEL_EXPORTER_OTLP_ENDPOINT"]))
        {
            builder.Services.AddHostedService<TraceContextFlow>();
            return builder;
        }

        builder.Logging.AddOpenTelemetry(logging =>
        {
            logging.IncludeFormattedMessage = true;
            logging.IncludeScopes = true;
        });
        builder.Services.AddOpenTelemetry()
            .WithTracing(tracing => tracing.AddSource("ModelMesh.*", "Microsoft.AspNetCore", "System.Net.Http"))
            .WithMetrics(metrics => metrics.AddMeter("ModelMesh.*", "Microsoft.AspNetCore.*", "System.Net.Http", "System.Runtime"))
            .UseOtlpExporter();
        return builder;
    }
}
