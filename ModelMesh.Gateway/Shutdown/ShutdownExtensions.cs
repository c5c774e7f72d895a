using ModelMesh.ServiceDefaults.Shutdown;

namespace ModelMesh.Gateway.Shutdown;

internal static class ShutdownExtensions
{
    public static WebApplicationBuilder AddStreamShutdown(this WebApplicationBuilder builder)
    {
        builder.Services.AddShutdown();
        builder.Services.AddSingleton<StreamShutdown>();
        return builder;
    }
}
