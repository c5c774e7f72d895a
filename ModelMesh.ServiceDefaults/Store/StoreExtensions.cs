using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;

namespace ModelMesh.ServiceDefaults.Store;

public static class StoreExtensions
{
    /// <summary>The connection to the store, supervised from the host's start to its stop, and its part of <c>/health</c>.</summary>
    public static WebApplicationBuilder AddStore(this WebApplicationBuilder builder)
    {
        builder.Services.TryAddSingleton(TimeProvider.System);
        builder.Services.AddSingleton<IValidateOptions<StoreOptions>, StoreOptionsValidator>();
        builder.Services.AddOptions<StoreOptions>()
            .BindSettings("Store")
            .Configure<IConfiguration>((options, configuration) => options.ConnectionString = configuration.GetConnectionString("redis") ?? options.ConnectionString)
            .ValidateOnStart();
        builder.Services.AddSingleton<StoreConnection>();
        builder.Services.AddHostedService(services => services.GetRequiredService<StoreConnection>());
        builder.Services.AddHealthChecks().AddCheck<StoreHealthCheck>("store");
        return builder;
    }
}
