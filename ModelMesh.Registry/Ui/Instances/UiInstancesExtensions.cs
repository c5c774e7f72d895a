using ModelMesh.Registry.Ui.Live;
using ModelMesh.Registry.Ui.Rendering;

namespace ModelMesh.Registry.Ui.Instances;

internal static class UiInstancesExtensions
{
    public static WebApplicationBuilder AddUiInstances(this WebApplicationBuilder builder)
    {
        builder.Services.AddSingleton<RecentInstances>();
        builder.Services.AddSingleton<InstanceRows>();
        builder.Services.AddSingleton<ILiveTopic, InstancesTopic>();
        return builder;
    }

    public static WebApplication MapUiInstances(this WebApplication app)
    {
        // From the start on: what went before the first page was open is to be shown, too.
        app.Services.GetRequiredService<RecentInstances>();
        app.MapUiPage<InstancesPage>("/ui/instances", UiSection.Instances, _ => "Instances");
        return app;
    }
}
