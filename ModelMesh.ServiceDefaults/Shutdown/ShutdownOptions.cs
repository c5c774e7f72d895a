namespace ModelMesh.ServiceDefaults.Shutdown;

/// <summary>How a service goes down (section <c>Shutdown</c>).</summary>
public sealed class ShutdownOptions
{
    /// <summary>How long running streams may go on once the service is asked to stop, before they end with an error. From 0 to 20 s.</summary>
    public TimeSpan Grace { get; set; } = TimeSpan.FromSeconds(3);
}
