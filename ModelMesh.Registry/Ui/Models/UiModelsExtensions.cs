using ModelMesh.Registry.Ui.Live;
using ModelMesh.Registry.Ui.Models.Form;
using ModelMesh.Registry.Ui.Pages;
using ModelMesh.Registry.Ui.Rendering;

namespace ModelMesh.Registry.Ui.Models;

internal static class UiModelsExtensions
{
    /// <summary>What pages show of models, and the history that they begin with. Needs the figures, the queue's counts and the shadows' figures.</summary>
    public static WebApplicationBuilder AddUiModels(this WebApplicationBuilder builder)
    {
        builder.Services.AddSingleton<FigureHistory>();
        builder.Services.AddHostedService<FigureSampler>();
        builder.Services.AddSingleton<ModelRows>();
        builder.Services.AddSingleton<WaitingCounts>();
        builder.Services.AddSingleton<ILiveTopic, ModelsTopic>();
        builder.Services.AddSingleton<FormSource>();
        return builder;
    }

    public static WebApplication MapUiModels(this WebApplication app)
    {
        app.MapUiPage<ModelsPage>("/ui/models", UiSection.Models, _ => "Models");
        app.MapUiPage<ModelPage>("/ui/models/{name}", UiSection.Models, ModelPaths.Name);
        app.MapUiPage<VersionPage>("/ui/models/{name}/versions/{version}", UiSection.Models, IdText);
        app.MapUiPage<EditPage>("/ui/models/{name}/versions/{version}/edit", UiSection.Models, request => $"Edit {IdText(request)}");
        app.MapUiPage<RegisterPage>("/ui/register", UiSection.Models, _ => "Register a model");
        return app;

        static string IdText(HttpRequest request)
        {
            var id = ModelPaths.Id(request);
            return $"{id.Name} · {id.Version}";
        }
    }
}
