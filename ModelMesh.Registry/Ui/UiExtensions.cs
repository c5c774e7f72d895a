using ModelMesh.Registry.Ui.Assets;
using ModelMesh.Registry.Ui.Live;
using ModelMesh.Registry.Ui.Models;
using ModelMesh.Registry.Ui.Pages;
using ModelMesh.Registry.Ui.Rendering;
using ModelMesh.ServiceDefaults.Figures;

namespace ModelMesh.Registry.Ui;

/// <summary>
/// The admin UI: pages of Blazor components rendered here, and an event stream of ours that keeps them live. No page has state at a replica, so any
/// replica behind one address can answer, and a page outlives the replica that served it.
/// </summary>
internal static class UiExtensions
{
    public static WebApplicationBuilder AddUi(this WebApplicationBuilder builder)
    {
        builder.AddMeshFigures();
        builder.Services.AddSingleton<PageRenderer>();
        builder.Services.AddSingleton<LivePulse>();
        builder.Services.AddSingleton<LiveEndpoint>();
        builder.Services.AddSingleton<ILiveTopic, MeshTopic>();
        builder.Services.AddSingleton<ILiveTopic, ModelsTopic>();
        builder.Services.AddSingleton<ModelRows>();
        builder.Services.AddSingleton<MeshStamps>();
        return builder;
    }

    public static WebApplication MapUi(this WebApplication app)
    {
        app.MapGet("/ui", context =>
        {
            context.Response.Redirect($"{context.Request.PathBase}/ui/models");
            return Task.CompletedTask;
        }).ExcludeFromDescription();
        app.MapUiAssets();
        app.MapGet("/ui/live", context => context.RequestServices.GetRequiredService<LiveEndpoint>().WriteAsync(context)).ExcludeFromDescription();
        app.MapUiPage<ModelsPage>("/ui/models", UiSection.Models, _ => "Models");
        app.MapUiPage<MissingPage>("/ui/{**path}", UiSection.None, _ => "Not found", StatusCodes.Status404NotFound);
        return app;
    }
}
