using ModelMesh.Registry.Secrets;

namespace ModelMesh.Registry.Plugins;

/// <summary>The host's services that a plugin is given: what the SDK promises, and no way into the rest of the registry.</summary>
internal sealed class PluginServices(ILoggerFactory loggers, TimeProvider time, IConfiguration configuration)
{
    /// <summary>The services of one backend. Its logs hold none of its secrets.</summary>
    public IServiceProvider For(KnownSecrets secrets) => new BackendServices(new RedactingLoggers(loggers, secrets), time, configuration);

    private sealed class BackendServices(ILoggerFactory loggers, TimeProvider time, IConfiguration configuration) : IServiceProvider
    {
        public object? GetService(Type serviceType) =>
            serviceType == typeof(ILoggerFactory) ? loggers
            : serviceType == typeof(TimeProvider) ? time
            : serviceType == typeof(IConfiguration) ? configuration
            : null;
    }
}
