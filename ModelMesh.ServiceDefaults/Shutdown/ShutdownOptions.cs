namespace ModelMesh.ServiceDefaults.Shutdown;

/// <summary>How a service goes down (section <c>Shutdown</c>). Whoever stops the process has to give it both times together, and some seconds more.</summary>
public sealed class ShutdownOptions
{
    /// <summary>
    /// How long the service goes on taking requests once it is asked to stop by a signal, while <c>/health</c> says already that it is not ready: as
    /// long as balancers need to hear of it. A second signal ends it. From 0 to 5 min.
    /// </summary>
    public TimeSpan Delay { get; set; }

    /// <summary>How long running streams may go on after that, before they end with an error. From 0 to 1 h.</summary>
    public TimeSpan Grace { get; set; } = TimeSpan.FromSeconds(3);
}
