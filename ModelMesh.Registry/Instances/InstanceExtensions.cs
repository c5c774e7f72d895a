using Microsoft.Extensions.Options;
using ModelMesh.ServiceDefaults;
using ModelMesh.ServiceDefaults.Shutdown;

namespace ModelMesh.Registry.Instances;

internal static class InstanceExtensions
{
    /// <summary>Announces this process to gateways and to the other replicas. Needs the store.</summary>
    public static WebApplicationBuilder AddInstanceHeartbeat(this WebApplicationBuilder builder)
    {
        builder.Services.AddSingleton<IValidateOptions<InstanceOptions>, InstanceOptionsValidator>();
        builder.Services.AddOptions<InstanceOptions>().BindSettings("Instances").ValidateOnStart();
        builder.Services.AddShutdown();
        builder.Services.AddSingleton<ThisInstance>();
        builder.Services.AddSingleton<IInstanceIdentity>(services => services.GetRequiredService<ThisInstance>());
        builder.Services.AddSingleton<InstanceAnnouncement>();
        builder.Services.AddHostedService<InstanceHeartbeat>();
        return builder;
    }
}
