namespace ModelMesh.Gateway.Models;

internal static class ModelsExtensions
{
    private static readonly string[] Reading = [HttpMethods.Get, HttpMethods.Head];

    /// <summary>The list of models. Needs the catalog, and the figures of the mesh.</summary>
    public static WebApplicationBuilder AddModels(this WebApplicationBuilder builder)
    {
        builder.Services.AddSingleton<ModelsSource>();
        builder.Services.AddSingleton<ModelsEndpoint>();
        builder.Services.AddSingleton<ModelInfoEndpoint>();
        return builder;
    }

    public static WebApplication MapModels(this WebApplication app)
    {
        app.MapMethods("/v1/models", Reading, context => context.RequestServices.GetRequiredService<ModelsEndpoint>().ListAsync(context));
        app.MapMethods("/v1/models/{**id}", Reading, context => context.RequestServices.GetRequiredService<ModelsEndpoint>().OneAsync(context));
        app.MapMethods("/v1/model_info", Reading, context => context.RequestServices.GetRequiredService<ModelInfoEndpoint>().HandleAsync(context));
        return app;
    }
}
