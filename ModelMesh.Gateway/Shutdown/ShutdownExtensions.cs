namespace ModelMesh.Gateway.Shutdown;

internal static class ShutdownExtensions
{
    // The host cuts what is left after 30 seconds of its own.
    private static readonly TimeSpan LongestGrace = TimeSpan.FromSeconds(20);

    public static WebApplicationBuilder AddStreamShutdown(this WebApplicationBuilder builder)
    {
        builder.Services.AddOptions<ShutdownOptions>().BindConfiguration("Shutdown")
            .Validate(options => options.Grace >= TimeSpan.Zero && options.Grace <= LongestGrace, "Shutdown:Grace must be from 0 to 20 seconds.")
            .ValidateOnStart();
        builder.Services.AddSingleton<StreamShutdown>();
        return builder;
    }
}
