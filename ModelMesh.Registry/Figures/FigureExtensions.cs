using ModelMesh.ServiceDefaults;

namespace ModelMesh.Registry.Figures;

internal static class FigureExtensions
{
    /// <summary>What gateways show of this replica's models. Needs the store, the catalog, leases, an instance identity, plugins, models' health and <c>AddInference</c>.</summary>
    public static WebApplicationBuilder AddModelFigures(this WebApplicationBuilder builder)
    {
        builder.Services.AddOptions<FigureOptions>()
            .BindSettings("Figures")
            .Validate(
                options => options.PublishInterval >= TimeSpan.FromMilliseconds(100) && options.PublishInterval <= TimeSpan.FromMinutes(1),
                "Figures:PublishInterval must be from 100 ms to 1 min")
            .ValidateOnStart();
        builder.Services.AddSingleton<FigureSource>();
        builder.Services.AddSingleton<FigureAnnouncement>();
        builder.Services.AddHostedService<FigurePublisher>();
        return builder;
    }
}
