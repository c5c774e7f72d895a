using ModelMesh.Gateway.Traffic;
using ModelMesh.ServiceDefaults;
using ModelMesh.ServiceDefaults.Shadows;

namespace ModelMesh.Gateway.Shadows;

internal static class ShadowExtensions
{
    private const int MostInFlight = 10_000;
    private static readonly TimeSpan ShortestDuration = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan LongestDuration = TimeSpan.FromDays(1);
    private static readonly TimeSpan ShortestInterval = TimeSpan.FromMilliseconds(10);
    private static readonly TimeSpan LongestInterval = TimeSpan.FromMinutes(1);

    /// <summary>Copies of requests for shadow versions. Needs the <see cref="IShadowFigures"/> of <see cref="AddShadowFigures"/>.</summary>
    public static WebApplicationBuilder AddShadows(this WebApplicationBuilder builder)
    {
        builder.Services.AddOptions<ShadowOptions>().BindSettings("Shadows")
            .Validate(options => options.MaxInFlight is >= 0 and <= MostInFlight, $"Shadows:MaxInFlight must be from 0 to {MostInFlight}.")
            .Validate(options => options.MaxDuration >= ShortestDuration && options.MaxDuration <= LongestDuration, "Shadows:MaxDuration must be from 1 second to 1 day.")
            .Validate(options => options.TellInterval >= ShortestInterval && options.TellInterval <= LongestInterval, "Shadows:TellInterval must be from 10 milliseconds to 1 minute.")
            .ValidateOnStart();
        builder.Services.AddSingleton<ShadowMetrics>();
        builder.Services.AddSingleton<ShadowTally>();
        builder.Services.AddSingleton<ShadowCopies>();
        builder.Services.AddSingleton<IAnswerStage, ShadowStage>();
        builder.Services.AddHostedService<ShadowSync>();
        return builder;
    }

    /// <summary>What copies come to, summed over all gateways. Needs the store.</summary>
    public static WebApplicationBuilder AddShadowFigures(this WebApplicationBuilder builder)
    {
        builder.Services.AddSingleton<ShadowStore>();
        builder.Services.AddSingleton<IShadowFigures, StoredShadowFigures>();
        return builder;
    }
}
