using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;

namespace ModelMesh.ServiceDefaults.Instances;

public static class InstanceDirectoryExtensions
{
    /// <summary>Which registry instances live. Needs the store.</summary>
    public static WebApplicationBuilder AddInstanceDirectory(this WebApplicationBuilder builder)
    {
        builder.Services.AddSingleton<InstanceDirectory>();
        builder.Services.AddSingleton<IInstanceDirectory>(services => services.GetRequiredService<InstanceDirectory>());
        builder.Services.AddHostedService(services => services.GetRequiredService<InstanceDirectory>());
        return builder;
    }
}
