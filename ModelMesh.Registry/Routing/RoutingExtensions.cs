namespace ModelMesh.Registry.Routing;

internal static class RoutingExtensions
{
    /// <summary>The dry run of routing. Needs the catalog, the plugin host and the admin API's body reader.</summary>
    public static WebApplicationBuilder AddRoutingDryRun(this WebApplicationBuilder builder)
    {
        builder.Services.AddSingleton<ExplainEndpoint>();
        return builder;
    }

    public static WebApplication MapRoutingDryRun(this WebApplication app)
    {
        app.MapPost("/rules/explain", (RequestDelegate)app.Services.GetRequiredService<ExplainEndpoint>().HandleAsync);
        return app;
    }
}
