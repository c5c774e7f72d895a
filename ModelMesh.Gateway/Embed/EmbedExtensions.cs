namespace ModelMesh.Gateway.Embed;

internal static class EmbedExtensions
{
    public static WebApplicationBuilder AddEmbed(this WebApplicationBuilder builder)
    {
        builder.Services.AddSingleton<EmbedPipeline>();
        builder.Services.AddSingleton<EmbedEndpoint>();
        return builder;
    }

    public static WebApplication MapEmbed(this WebApplication app)
    {
        // Resolved by the request, as the endpoint of /infer is.
        app.MapPost("/embed", context => context.RequestServices.GetRequiredService<EmbedEndpoint>().HandleAsync(context));
        return app;
    }
}
