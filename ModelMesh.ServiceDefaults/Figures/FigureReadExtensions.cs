using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;

namespace ModelMesh.ServiceDefaults.Figures;

public static class FigureReadExtensions
{
    /// <summary>What registries tell of their models. Needs the store and the instance directory.</summary>
    public static WebApplicationBuilder AddMeshFigures(this WebApplicationBuilder builder)
    {
        builder.Services.AddOptions<FigureReadOptions>()
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
}
