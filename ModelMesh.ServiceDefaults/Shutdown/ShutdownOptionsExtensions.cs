using Microsoft.Extensions.DependencyInjection;

namespace ModelMesh.ServiceDefaults.Shutdown;

public static class ShutdownOptionsExtensions
{
    // The host cuts what is left after 30 seconds of its own.
    private static readonly TimeSpan LongestGrace = TimeSpan.FromSeconds(20);

    public static IServiceCollection AddShutdownOptions(this IServiceCollection services)
    {
        services.AddOptions<ShutdownOptions>().BindSettings("Shutdown")
            .Validate(options => options.Grace >= TimeSpan.Zero && options.Grace <= LongestGrace, $"Shutdown:Grace must be from {TimeSpan.Zero} to {LongestGrace}.")
            .ValidateOnStart();
        return services;
    }
}
