namespace ModelMesh.Registry.Health;

internal static class RegistryHealthExtensions
{
    private const string Ready = "ready";

    /// <summary>What this registry needs before it can serve.</summary>
    public static WebApplicationBuilder AddRegistryHealth(this WebApplicationBuilder builder)
    {
        // One instance for all checks: it remembers that the catalog was loaded.
        builder.Services.AddSingleton<CatalogHealthCheck>();
        builder.Services.AddHealthChecks()
            .AddCheck<CatalogHealthCheck>("catalog", tags: [Ready])
            .AddCheck<PluginsHealthCheck>("plugins", tags: [Ready])
            .AddCheck<StoppingHealthCheck>("running", tags: [Ready]);
        return builder;
    }
}
