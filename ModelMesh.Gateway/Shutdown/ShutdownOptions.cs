namespace ModelMesh.Gateway.Shutdown;

/// <summary>How the gateway goes (section <c>Shutdown</c>).</summary>
internal sealed class ShutdownOptions
{
    /// <summary>How long running streams may go on once the gateway is asked to stop, before they end with an error; zero or more, at most 20 seconds.</summary>
    public TimeSpan Grace { get; set; } = TimeSpan.FromSeconds(3);
}
