using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;

namespace ModelMesh.ServiceDefaults.Prometheus;

public static class PrometheusExtensions
{
    /// <summary>What <c>/metrics</c> needs. The instruments may be added before or after.</summary>
    public static WebApplicationBuilder AddPrometheus(this WebApplicationBuilder builder)
    {
        var services = builder.Services;
        services.TryAddSingleton(TimeProvider.System);
        services.AddOptions<MetricsOptions>().BindSettings("Metrics").ValidateOnStart();
        services.AddSingleton<IValidateOptions<MetricsOptions>, MetricsOptionsValidator>();
        services.AddSingleton<MetricsCollector>();
        services.AddSingleton<IInstruments, ProcessMetrics>();
        services.AddSingleton<TargetLabels>();
        services.AddSingleton<MetricsEndpoint>();
        services.AddHostedService<InstrumentStart>();
        return builder;
    }

    /// <summary>
    /// <c>GET /metrics</c> for Prometheus, as text 0.0.4 or OpenMetrics 1.0.0, unless <see cref="MetricsOptions.Enabled"/> is false. Measurements count from here on.
    /// </summary>
    public static WebApplication MapPrometheus(this WebApplication app)
    {
        if (app.Services.GetRequiredService<IOptions<MetricsOptions>>().Value.Enabled)
        {
            var endpoint = app.Services.GetRequiredService<MetricsEndpoint>();
            app.MapGet("/metrics", (RequestDelegate)endpoint.WriteAsync);
        }

        return app;
    }
}
