using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Hosting.Internal;
using Microsoft.Extensions.Options;

namespace ModelMesh.ServiceDefaults.Shutdown;

public static class ShutdownExtensions
{
    // What is left to do when the last stream has ended: telling the store, and a backend that does not end its call.
    private static readonly TimeSpan AfterGrace = TimeSpan.FromSeconds(10);

    /// <summary>The settings of section <c>Shutdown</c>, the <see cref="StopNotice"/>, and a host that waits for as long as streams may go on. It may be called twice.</summary>
    public static IServiceCollection AddShutdown(this IServiceCollection services)
    {
        if (services.Any(service => service.ServiceType == typeof(StopNotice)))
        {
            return services;
        }

        services.AddSingleton<IValidateOptions<ShutdownOptions>, ShutdownOptionsValidator>();
        services.AddOptions<ShutdownOptions>().BindSettings("Shutdown").ValidateOnStart();
        services.AddSingleton<StopNotice>();
        services.AddHealthChecks().AddCheck<StoppingHealthCheck>("running");
        services.AddOptions<HostOptions>().PostConfigure<IOptions<ShutdownOptions>>(WaitForStreams);
        return services;
    }

    /// <summary>Signals stop the process after <see cref="ShutdownOptions.Delay"/>. The console's own lifetime goes on reading them.</summary>
    public static WebApplicationBuilder AddDelayedStop(this WebApplicationBuilder builder)
    {
        builder.Services.AddShutdown();
        builder.Services.TryAddSingleton(TimeProvider.System);
        builder.Services.AddSingleton<DelayedStop>();
        builder.Services.Replace(ServiceDescriptor.Singleton<IHostLifetime>(services =>
            ActivatorUtilities.CreateInstance<ConsoleLifetime>(services, services.GetRequiredService<DelayedStop>())));
        return builder;
    }

    /// <summary>
    /// Once the service is asked to stop, every HTTP/1 answer closes its connection: a client or balancer that keeps one open would else send its
    /// next request here however long it has known others.
    /// </summary>
    public static WebApplication UseStopNotice(this WebApplication app)
    {
        var stopped = app.Services.GetRequiredService<StopNotice>().Given;
        app.Use((context, next) =>
        {
            if (stopped.IsCancellationRequested && HttpProtocol.IsHttp11(context.Request.Protocol))
            {
                context.Response.Headers.Connection = "close";
            }

            return next(context);
        });
        return app;
    }

    private static void WaitForStreams(HostOptions host, IOptions<ShutdownOptions> shutdown)
    {
        try
        {
            var needed = shutdown.Value.Grace + AfterGrace;
            host.ShutdownTimeout = needed > host.ShutdownTimeout ? needed : host.ShutdownTimeout;
        }
        catch (OptionsValidationException)
        {
            // This runs as the host is built. What is wrong is told a moment later, with the faults of all other options.
        }
    }
}
