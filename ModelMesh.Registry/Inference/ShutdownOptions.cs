namespace ModelMesh.Registry.Inference;

/// <summary>How this service goes down (section <c>Shutdown</c>).</summary>
internal sealed class ShutdownOptions
{
    /// <summary>How long running streams may go on once the service is asked to stop. From 0 to 20 s: the host gives up after 30 s.</summary>
    public TimeSpan Grace { get; set; } = TimeSpan.FromSeconds(3);
}
