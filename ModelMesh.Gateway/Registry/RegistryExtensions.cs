using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;
using ModelMesh.Contracts.Catalog;
using ModelMesh.Gateway.Diagnostics;
using ModelMesh.Gateway.Registry.Breakers;
using ModelMesh.Gateway.Registry.Failover;
using ModelMesh.ServiceDefaults;
using ModelMesh.ServiceDefaults.Instances;

namespace ModelMesh.Gateway.Registry;

internal static class RegistryExtensions
{
    private const string Alias = "registry-addr";
    private static readonly TimeSpan ShortestPing = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan ShortestAccept = TimeSpan.FromMilliseconds(100);

    // A timer takes no more than some weeks.
    private static readonly TimeSpan Longest = TimeSpan.FromDays(1);

    public static WebApplicationBuilder AddRegistryInstances(this WebApplicationBuilder builder)
    {
        builder.Services.AddOptions<RegistryOptions>().BindSettings("Registry")
            .Configure<IConfiguration>((options, configuration) => options.Addresses = configuration[Alias] ?? options.Addresses)
            .Validate(options => FixedInstances.AreValid(options.Addresses), "Registry:Addresses (--registry-addr) must be absolute http or https addresses, comma separated.")
            .Validate(options => options.ConnectTimeout > TimeSpan.Zero && options.ConnectTimeout <= Longest, "Registry:ConnectTimeout must be above zero, and at most 1 day.")
            .Validate(options => options.PingDelay >= ShortestPing && options.PingDelay <= Longest, "Registry:PingDelay must be from 1 second to 1 day.")
            .Validate(options => options.PingTimeout >= ShortestPing && options.PingTimeout <= Longest, "Registry:PingTimeout must be from 1 second to 1 day.")
            .Validate(options => options.QuarantineBase > TimeSpan.Zero, "Registry:QuarantineBase must be above zero.")
            .Validate(options => options.QuarantineMax >= options.QuarantineBase && options.QuarantineMax <= Longest, "Registry:QuarantineMax must be at least Registry:QuarantineBase, and at most 1 day.")
            .Validate(options => options.AcceptTimeout >= ShortestAccept && options.AcceptTimeout <= Longest, "Registry:AcceptTimeout must be from 100 milliseconds to 1 day.")
            .Validate(
                options => BalancingPolicies.All.Contains(options.Balancing, StringComparer.Ordinal),
                $"Registry:Balancing must be one of {string.Join(", ", BalancingPolicies.All)}.")
            .Validate(options => options.MaxMessageBytes >= 1024, "Registry:MaxMessageBytes must be at least 1024.")
            .ValidateOnStart();
        builder.Services.TryAddSingleton(TimeProvider.System);
        builder.Services.AddSingleton(services => new RegistryFleet(
            Directory(services),
            services.GetRequiredService<IOptions<RegistryOptions>>(),
            services.GetRequiredService<TimeProvider>(),
            services.GetRequiredService<ILoggerFactory>()));
        builder.Services.AddHostedService<RegistryFleetStart>();
        builder.Services.AddSingleton<VersionGuards>();
        builder.Services.AddSingleton<FailoverMetrics>();
        builder.Services.AddSingleton<FailoverParts>();
        builder.Services.AddSingleton<InferDispatcher>();
        return builder;
    }

    // Where addresses are given, what is discovered in the store does not count.
    private static IInstanceDirectory Directory(IServiceProvider services)
    {
        var addresses = services.GetRequiredService<IOptions<RegistryOptions>>().Value.Addresses;
        return FixedInstances.Split(addresses).Length > 0 ? new FixedInstances(addresses) : services.GetRequiredService<IInstanceDirectory>();
    }
}
