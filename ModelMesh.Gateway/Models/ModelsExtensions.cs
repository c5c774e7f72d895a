using ModelMesh.Gateway.Models.Figures;
using ModelMesh.ServiceDefaults;

namespace ModelMesh.Gateway.Models;

internal static class ModelsExtensions
{
    private static readonly string[] Reading = [HttpMethods.Get, HttpMethods.Head];

    /// <summary>The list of models. Needs the catalog, and the figures of <see cref="AddModelFigures"/>.</summary>
    public static WebApplicationBuilder AddModels(this WebApplicationBuilder builder)
    {
        builder.Services.AddSingleton<ModelsSource>();
        builder.Services.AddSingleton<ModelsEndpoint>();
        builder.Services.AddSingleton<ModelInfoEndpoint>();
        return builder;
    }

    /// <summary>What registries tell of their models. Needs the store and the instance directory.</summary>
    public static WebApplicationBuilder AddModelFigures(this WebApplicationBuilder builder)
    {
        builder.Services.AddOptions<FigureOptions>()
            .BindSettings("Figures")
            .Validate(
                options => options.ReadInterval >= TimeSpan.FromMilliseconds(100) && options.ReadInterval <= TimeSpan.FromMinutes(1),
                "Figures:ReadInterval must be from 100 ms to 1 min")
            .ValidateOnStart();
        builder.Services.AddSingleton<FigureReader>();
        builder.Services.AddSingleton<FigureFollower>();
        builder.Services.AddSingleton<IMeshFigures>(services => services.GetRequiredService<FigureFollower>());
        builder.Services.AddHostedService(services => services.GetRequiredService<FigureFollower>());
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
