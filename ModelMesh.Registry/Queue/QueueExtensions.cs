using ModelMesh.ServiceDefaults;

namespace ModelMesh.Registry.Queue;

internal static class QueueExtensions
{
    /// <summary>Waiting for a slot, in turn over all replicas. Needs the store and the leases.</summary>
    public static WebApplicationBuilder AddQueue(this WebApplicationBuilder builder)
    {
        builder.Services.AddOptions<QueueOptions>()
            .BindSettings("Queue")
            .Validate(options => options.Ttl >= TimeSpan.FromSeconds(1) && options.Ttl <= TimeSpan.FromMinutes(1), "Queue:Ttl must be from 1 s to 1 min")
            .ValidateOnStart();
        builder.Services.AddSingleton<QueueWaiters>();
        builder.Services.AddSingleton<IQueue>(services => services.GetRequiredService<QueueWaiters>());
        builder.Services.AddSingleton<IQueueCounts, QueueCounts>();
        builder.Services.AddHostedService<QueueWatch>();
        return builder;
    }
}
