using Microsoft.Extensions.DependencyInjection.Extensions;
using ModelMesh.Gateway.Calls;

namespace ModelMesh.Gateway.Embed;

internal static class EmbedExtensions
{
    public static WebApplicationBuilder AddEmbed(this WebApplicationBuilder builder)
    {
        builder.Services.TryAddSingleton<ApplicationCall>();
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
