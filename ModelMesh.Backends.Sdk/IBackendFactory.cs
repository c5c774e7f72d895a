namespace ModelMesh.Backends.Sdk;

/// <summary>
/// Makes backends of one type. A plugin assembly names its factory with <see cref="BackendFactoryAttribute"/>.
/// One instance is made per load of the plugin, by its public parameterless constructor. It must be thread-safe.
/// </summary>
public interface IBackendFactory
{
    /// <summary>What a model's <c>backend_type</c> says to get this backend: lower-case letters, digits, <c>-</c> and <c>_</c>, e.g. <c>mock</c>.</summary>
    string Type { get; }

    /// <summary>
    /// Makes the backend of one revision of one model. Called once per revision and replica, and once more to check settings before
    /// they are stored, so it should not connect to anything: the first request does, and <see cref="IBackend.CheckHealthAsync"/>.
    /// It has to return within the host's <c>Plugins:LoadTimeout</c> (10 s unless configured); what comes later is disposed unused.
    /// The host owns the result and disposes it when the revision's last stream has ended.
    /// </summary>
    /// <param name="settings">The model's settings. Read them with <see cref="BackendSettings.Reader"/>.</param>
    /// <param name="services">The host's services: <c>ILoggerFactory</c>, <c>TimeProvider</c> and <c>IConfiguration</c>.</param>
    /// <exception cref="BackendSettingsException">The settings cannot work; lists every fault.</exception>
    IBackend Create(BackendSettings settings, IServiceProvider services);
}
