using ModelMesh.Registry.Ui.Rendering;

namespace ModelMesh.Registry.Ui.Plugins;

internal static class UiPluginsExtensions
{
    public static WebApplication MapUiPlugins(this WebApplication app)
    {
        app.MapUiPage<PluginsPage>("/ui/plugins", UiSection.Plugins, _ => "Plugins");
        return app;
    }
}
