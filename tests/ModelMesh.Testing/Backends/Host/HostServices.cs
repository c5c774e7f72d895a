using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Logging;

namespace ModelMesh.Testing.Backends;

/// <summary>What a host gives a plugin, and nothing else.</summary>
public sealed class HostServices(ILoggerFactory logs, TimeProvider time, IConfiguration configuration) : IServiceProvider
{
    public object? GetService(Type serviceType) =>
        serviceType == typeof(ILoggerFactory) ? logs
        : serviceType == typeof(TimeProvider) ? time
        : serviceType == typeof(IConfiguration) ? configuration
        : null;
}
