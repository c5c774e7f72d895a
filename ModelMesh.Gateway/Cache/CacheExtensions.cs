using ModelMesh.Gateway.Cache.Flights;
using ModelMesh.Gateway.Traffic;
using ModelMesh.ServiceDefaults;
using ModelMesh.ServiceDefaults.Cache;

namespace ModelMesh.Gateway.Cache;

internal static class CacheExtensions
{
    private const int SmallestEntry = 1024;
    private const int LargestEntry = 16 * 1024 * 1024;
    private const long LargestCache = 1L << 40;

    /// <summary>The stage that answers what was answered before. Needs <see cref="AddKeptAnswers"/>.</summary>
    public static WebApplicationBuilder AddCache(this WebApplicationBuilder builder)
    {
        builder.Services.AddOptions<CacheOptions>().BindSettings("Cache")
            .Validate(options => options.MaxEntryBytes is >= SmallestEntry and <= LargestEntry, $"Cache:MaxEntryBytes must be from {SmallestEntry} to {LargestEntry}.")
            .Validate(options => options.MaxBytes >= options.MaxEntryBytes && options.MaxBytes <= LargestCache, $"Cache:MaxBytes must be at least Cache:MaxEntryBytes, and at most {LargestCache}.")
            .ValidateOnStart();
        builder.Services.AddSingleton<CacheMetrics>();
        builder.Services.AddSingleton<FlightTable>();
        builder.Services.AddSingleton<IAnswerStage, CacheStage>();
        return builder;
    }

    /// <summary>Answers are kept in the store. Needs the store.</summary>
    public static WebApplicationBuilder AddKeptAnswers(this WebApplicationBuilder builder)
    {
        builder.Services.AddSingleton<AnswerStore>();
        builder.Services.AddSingleton<IKeptAnswers, StoredAnswers>();
        return builder;
    }
}
