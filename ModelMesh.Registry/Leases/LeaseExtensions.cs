using ModelMesh.ServiceDefaults;

namespace ModelMesh.Registry.Leases;

internal static class LeaseExtensions
{
    /// <summary>The concurrency limit of every model, exact over all replicas. Needs the store.</summary>
    public static WebApplicationBuilder AddLeases(this WebApplicationBuilder builder)
    {
        builder.Services.AddOptions<LeaseOptions>()
            .BindSettings("Leases")
            .Validate(options => options.Ttl >= TimeSpan.FromSeconds(1) && options.Ttl <= TimeSpan.FromMinutes(5), "Leases:Ttl must be from 1 s to 5 min")
            .ValidateOnStart();
        builder.Services.AddSingleton<LeaseTelemetry>();
        builder.Services.AddSingleton<LeaseManager>();
        builder.Services.AddSingleton<ILeases>(services => services.GetRequiredService<LeaseManager>());
        builder.Services.AddSingleton<IHeldSlots>(services => services.GetRequiredService<LeaseManager>());
        builder.Services.AddSingleton<ILeaseCounts, LeaseCounts>();
        builder.Services.AddHostedService<LeaseRenewal>();
        return builder;
    }
}
