using ModelMesh.Gateway.Cache;
using ModelMesh.Gateway.RateLimits;
using ModelMesh.Gateway.Shadows;
using ModelMesh.ServiceDefaults;

namespace ModelMesh.Gateway.Traffic;

internal static class TrafficExtensions
{
    /// <summary>The stages between routing and the registries, in their order.</summary>
    public static WebApplicationBuilder AddTraffic(this WebApplicationBuilder builder)
    {
        builder.Services.AddOptions<CallerOptions>().BindSettings("Callers").ValidateOnStart();
        builder.Services.AddSingleton<GatewayName>();
        builder.Services.AddSingleton<AnswerPipeline>();
        builder.AddRateLimits();
        builder.AddCache();
        builder.AddShadows();
        return builder;
    }
}
