using ModelMesh.Registry.Ui.Rendering;

namespace ModelMesh.Registry.Ui.Playground;

internal static class UiPlaygroundExtensions
{
    /// <summary>Needs <c>AddInference</c>, the plugin host and the admin API's body reader.</summary>
    public static WebApplicationBuilder AddUiPlayground(this WebApplicationBuilder builder)
    {
        builder.Services.AddSingleton<PlaygroundRouting>();
        builder.Services.AddSingleton<PlaygroundEndpoint>();
        return builder;
    }

    public static WebApplication MapUiPlayground(this WebApplication app)
    {
        app.MapPost("/ui/playground/stream", context => context.RequestServices.GetRequiredService<PlaygroundEndpoint>().HandleAsync(context)).ExcludeFromDescription();
        app.MapUiPage<PlaygroundPage>("/ui/playground", UiSection.Playground, _ => "Playground");
        return app;
    }
}
