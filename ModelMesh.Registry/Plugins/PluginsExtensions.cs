using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;
using ModelMesh.Registry.Defaults;
using ModelMesh.ServiceDefaults;

namespace ModelMesh.Registry.Plugins;

internal static class PluginsExtensions
{
    /// <summary>The plugin host and its watcher. Needs <c>AddInference</c>, which holds what runs on the plugins.</summary>
    public static WebApplicationBuilder AddPlugins(this WebApplicationBuilder builder)
    {
        builder.AddBackendDefaults();
        var services = builder.Services;
        services.AddOptions<PluginOptions>().BindSettings("Plugins").ValidateOnStart();
        services.AddSingleton<IValidateOptions<PluginOptions>, PluginOptionsValidator>();
        services.TryAddSingleton(TimeProvider.System);
        services.AddSingleton<ShadowCopies>();
        services.AddSingleton<PluginLoader>();
        services.AddSingleton<PluginServices>();
        services.AddSingleton<BackendMaker>();
        services.AddSingleton<PluginHost>();
        services.AddSingleton<IPluginStates>(provider => provider.GetRequiredService<PluginHost>());
        services.AddSingleton<IBackendTypes, BackendTypes>();
        services.AddHostedService<PluginWatcher>();
        return builder;
    }
}
