namespace ModelMesh.Gateway.Routing;

internal static class RoutingExtensions
{
    public static WebApplicationBuilder AddModelRouting(this WebApplicationBuilder builder)
    {
        builder.Services.AddSingleton<ModelResolver>();
        return builder;
    }
}
