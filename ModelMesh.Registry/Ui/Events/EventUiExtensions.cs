using ModelMesh.Registry.Ui.Live;
using ModelMesh.Registry.Ui.Rendering;

namespace ModelMesh.Registry.Ui.Events;

internal static class EventUiExtensions
{
    /// <summary>The log of changes and its page. Needs the catalog and the instance directory.</summary>
    public static WebApplicationBuilder AddUiEvents(this WebApplicationBuilder builder)
    {
        builder.Services.AddSingleton<EventLog>();
        builder.Services.AddHostedService(services => services.GetRequiredService<EventLog>());
        builder.Services.AddSingleton<ILiveTopic, EventsTopic>();
        return builder;
    }

    public static WebApplication MapUiEvents(this WebApplication app)
    {
        app.MapUiPage<EventsPage>("/ui/events", UiSection.Events, _ => "Events");
        return app;
    }
}
