using ModelMesh.ServiceDefaults;

namespace ModelMesh.Registry.Content;

internal static class ContentExtensions
{
    private const int Longest = 1_048_576;

    public static IServiceCollection AddContentCapture(this IServiceCollection services)
    {
        services.AddOptions<CaptureOptions>().BindSettings("Telemetry")
            .Validate(options => options.MaxContentLength is >= 1 and <= Longest, $"Telemetry:MaxContentLength must be from 1 to {Longest}.")
            .ValidateOnStart();
        services.AddSingleton<ContentCapture>();
        return services;
    }
}
