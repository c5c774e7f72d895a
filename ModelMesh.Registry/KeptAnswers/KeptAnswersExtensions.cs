using ModelMesh.ServiceDefaults.Cache;

namespace ModelMesh.Registry.KeptAnswers;

internal static class KeptAnswersExtensions
{
    /// <summary>What operators can do with kept answers. Needs the store.</summary>
    public static WebApplicationBuilder AddKeptAnswers(this WebApplicationBuilder builder)
    {
        builder.Services.AddSingleton<AnswerStore>();
        builder.Services.AddSingleton<ClearEndpoint>();
        return builder;
    }

    public static WebApplication MapKeptAnswers(this WebApplication app)
    {
        app.MapDelete("/cache", (RequestDelegate)app.Services.GetRequiredService<ClearEndpoint>().ClearAsync);
        return app;
    }
}
