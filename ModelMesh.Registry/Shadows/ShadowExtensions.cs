using ModelMesh.ServiceDefaults.Shadows;

namespace ModelMesh.Registry.Shadows;

internal static class ShadowExtensions
{
    private const string Path = "/models/{name}/versions/{version}/shadow";

    /// <summary>What operators read of shadow versions. Needs the store and the catalog.</summary>
    public static WebApplicationBuilder AddShadowFigures(this WebApplicationBuilder builder)
    {
        builder.Services.AddSingleton<ShadowStore>();
        builder.Services.AddSingleton<ShadowViews>();
        builder.Services.AddSingleton<ShadowEndpoints>();
        return builder;
    }

    public static WebApplication MapShadowFigures(this WebApplication app)
    {
        var endpoints = app.Services.GetRequiredService<ShadowEndpoints>();
        app.MapGet(Path, (RequestDelegate)endpoints.ReadAsync);
        app.MapDelete(Path, (RequestDelegate)endpoints.ResetAsync);
        return app;
    }
}
