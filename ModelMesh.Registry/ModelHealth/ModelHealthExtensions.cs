using Microsoft.Extensions.Options;
using ModelMesh.ServiceDefaults;

namespace ModelMesh.Registry.ModelHealth;

internal static class ModelHealthExtensions
{
    /// <summary>The health of models' upstreams: found out by traffic and probes, shared through the store. Needs the store, the catalog, an instance identity and <c>AddInference</c>.</summary>
    public static WebApplicationBuilder AddModelHealth(this WebApplicationBuilder builder)
    {
        builder.Services.AddOptions<HealthOptions>().BindSettings("Health").ValidateOnStart();
        builder.Services.AddSingleton<IValidateOptions<HealthOptions>, HealthOptionsValidator>();
        builder.Services.AddSingleton<HealthStore>();
        builder.Services.AddSingleton<HealthBoard>();
        builder.Services.AddSingleton<IModelHealth>(services => services.GetRequiredService<HealthBoard>());
        builder.Services.AddSingleton<HealthReporter>();
        builder.Services.AddSingleton<BackendCheck>();
        builder.Services.AddSingleton<HealthTelemetry>();
        builder.Services.AddHostedService<HealthSync>();
        builder.Services.AddHostedService<HealthProber>();
        return builder;
    }
}
