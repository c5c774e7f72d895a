using ModelMesh.Registry.Ui.Live;
using ModelMesh.Registry.Ui.Rendering;

namespace ModelMesh.Registry.Ui.Requests;

internal static class UiRequestsExtensions
{
    /// <summary>Needs <c>AddRequests</c>.</summary>
    public static WebApplicationBuilder AddUiRequests(this WebApplicationBuilder builder)
    {
        builder.Services.AddSingleton<IFilteredTopic, RequestsTopic>();
        return builder;
    }

    public static WebApplication MapUiRequests(this WebApplication app)
    {
        app.MapUiPage<RequestsPage>("/ui/requests", UiSection.Requests, _ => "In flight");
        return app;
    }
}
