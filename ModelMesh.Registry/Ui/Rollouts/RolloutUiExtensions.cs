using ModelMesh.Registry.Admin;
using ModelMesh.Registry.Ui.Live;
using ModelMesh.Registry.Ui.Rendering;

namespace ModelMesh.Registry.Ui.Rollouts;

internal static class RolloutUiExtensions
{
    /// <summary>Pages of rollouts. Needs <c>AddRollouts</c>.</summary>
    public static WebApplicationBuilder AddUiRollouts(this WebApplicationBuilder builder)
    {
        builder.Services.AddSingleton<RolloutCharts>();
        builder.Services.AddSingleton<RolloutDrafts>();
        builder.Services.AddSingleton<ILiveTopic, RolloutsTopic>();
        return builder;
    }

    public static WebApplication MapUiRollouts(this WebApplication app)
    {
        app.MapUiPage<RolloutsPage>("/ui/rollouts", UiSection.Rollouts, _ => "Rollouts");
        app.MapUiPage<RolloutPage>("/ui/rollouts/{model}", UiSection.Rollouts, request => ModelPath.Segment(request.HttpContext, 2));
        app.MapUiPage<StartRolloutPage>("/ui/start-rollout", UiSection.Rollouts, _ => "Start a rollout");
        return app;
    }
}
