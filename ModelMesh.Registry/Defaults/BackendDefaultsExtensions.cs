using Microsoft.Extensions.Options;

namespace ModelMesh.Registry.Defaults;

internal static class BackendDefaultsExtensions
{
    /// <summary>The backend types' defaults, from the section <c>Backends</c> and from the flags that stand for parts of it, which win.</summary>
    public static WebApplicationBuilder AddBackendDefaults(this WebApplicationBuilder builder)
    {
        // Into the configuration itself: plugins read it there.
        builder.Configuration.AddInMemoryCollection(
            BackendFlag.All.Where(flag => !string.IsNullOrWhiteSpace(builder.Configuration[flag.Name])).ToDictionary(flag => flag.Setting, flag => builder.Configuration[flag.Name], StringComparer.Ordinal));
        builder.Services.AddOptions<BackendDefaultsTable>().Configure<IConfiguration>((table, configuration) => table.Read(configuration)).ValidateOnStart();
        builder.Services.AddSingleton<IValidateOptions<BackendDefaultsTable>, BackendDefaultsValidator>();
        return builder;
    }
}
