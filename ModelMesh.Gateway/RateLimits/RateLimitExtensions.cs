using ModelMesh.Gateway.Traffic;
using ModelMesh.ServiceDefaults;

namespace ModelMesh.Gateway.RateLimits;

internal static class RateLimitExtensions
{
    /// <summary>The limits of the catalog, for answers and embeddings. Needs the <see cref="IRateLimiter"/> of <see cref="AddRateLimitStore"/>.</summary>
    public static WebApplicationBuilder AddRateLimits(this WebApplicationBuilder builder)
    {
        builder.Services.AddOptions<RateLimitOptions>().BindSettings("RateLimits")
            .Validate(options => Enum.IsDefined(options.WhenStoreIsAway), "RateLimits:WhenStoreIsAway must be Refuse or Allow.")
            .ValidateOnStart();
        builder.Services.AddSingleton<RateLimitMetrics>();
        builder.Services.AddSingleton<RateLimitGate>();
        builder.Services.AddSingleton<EmbeddingLimits>();
        builder.Services.AddSingleton<IAnswerStage, RateLimitStage>();
        return builder;
    }

    /// <summary>The buckets that all gateways share. Needs the store.</summary>
    public static WebApplicationBuilder AddRateLimitStore(this WebApplicationBuilder builder)
    {
        builder.Services.AddSingleton<IRateLimiter, StoreRateLimiter>();
        return builder;
    }
}
