namespace ModelMesh.Registry.Health;

internal static class RegistryHealthExtensions
{
    /// <summary>What this registry needs before it can serve, besides the catalog.</summary>
    public static WebApplicationBuilder AddRegistryHealth(this WebApplicationBuilder builder)
    {
        builder.Services.AddHealthChecks().AddCheck<PluginsHealthCheck>("plugins");
        return builder;
    }
}
