using ModelMesh.Gateway.Cache;

namespace ModelMesh.Gateway.Traffic;

internal static class TrafficExtensions
{
    /// <summary>The stages between routing and the registries, in their order.</summary>
    public static WebApplicationBuilder AddTraffic(this WebApplicationBuilder builder)
    {
        builder.AddCache();
        builder.Services.AddSingleton<AnswerPipeline>();
        return builder;
    }
}
