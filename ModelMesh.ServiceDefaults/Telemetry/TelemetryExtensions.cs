using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using OpenTelemetry;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;

namespace ModelMesh.ServiceDefaults.Telemetry;

public static class TelemetryExtensions
{
    /// <summary>
    /// Traces, metrics and logs by OTLP when the standard variable <c>OTEL_EXPORTER_OTLP_ENDPOINT</c> says where to. The sources are those
    /// that .NET itself has for ASP.NET Core, HttpClient, the gRPC client and the runtime, and every source and meter named <c>ModelMesh.*</c>. The SDK reads the other
    /// standard variables itself, sampling among them.
    /// </summary>
    public static WebApplicationBuilder AddTelemetry(this WebApplicationBuilder builder)
    {
        if (string.IsNullOrWhiteSpace(builder.Configuration["OTEL_EXPORTER_OTLP_ENDPOINT"]))
        {
            builder.Services.AddHostedService<TraceContextFlow>();
            return builder;
        }

        // ASP.NET Core 10 gives its spans no attributes otherwise.
        AppContext.SetSwitch("Microsoft.AspNetCore.Hosting.SuppressActivityOpenTelemetryData", false);
        builder.Services.AddTransient<IStartupFilter, ServerSpans>();
        builder.Logging.AddOpenTelemetry(logging =>
        {
            logging.IncludeFormattedMessage = true;
            logging.IncludeScopes = true;
        });
        var identity = ServiceIdentity.Missing(
            builder.Configuration["OTEL_SERVICE_NAME"], builder.Configuration["OTEL_RESOURCE_ATTRIBUTES"], builder.Environment.ApplicationName, Guid.CreateVersion7().ToString("N"));
        builder.Services.AddOpenTelemetry()
            .ConfigureResource(resource => resource.AddAttributes(identity))
            .WithTracing(tracing => tracing.AddSource("ModelMesh.*", "Microsoft.AspNetCore", "System.Net.Http", GrpcSpans.Source).AddProcessor<QuietPaths>().AddProcessor<GrpcSpans>())
            .WithMetrics(metrics => metrics.AddMeter("ModelMesh.*", "Microsoft.AspNetCore.*", "System.Net.Http", "System.Runtime"))
            .UseOtlpExporter();
        return builder;
    }
}
