using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.Options;
using ModelMesh.Contracts.Instances;
using ModelMesh.Registry.Plugins;

namespace ModelMesh.Registry.Instances;

/// <summary>What this process says of itself. Its addresses are known once the server has started.</summary>
internal sealed class ThisInstance(IServer server, IOptions<InstanceOptions> options, TimeProvider time, IPluginStates plugins) : IInstanceIdentity
{
    private readonly DateTimeOffset _startedAt = time.GetUtcNow();

    public string Id { get; } = $"{Environment.MachineName.ToLowerInvariant()}-{Environment.ProcessId}-{Guid.NewGuid().ToString("N")[..6]}";

    public InstanceInfo Describe(bool stopping)
    {
        // In the order they were bound: HTTP first, gRPC last.
        var bound = server.Features.Get<IServerAddressesFeature>()?.Addresses.ToArray() ?? [];
        return new InstanceInfo(Id, Advertise(bound[^1]), Advertise(bound[0]), plugins.Announced, _startedAt) { Stopping = stopping };
    }

    private string Advertise(string address) => AdvertisedAddress.From(address, options.Value.AdvertisedHost, Environment.MachineName);
}
