namespace ModelMesh.Registry.Requests;

/// <summary>How replicas tell one another of their requests (section <c>Requests</c>).</summary>
internal sealed class RequestsOptions
{
    /// <summary>How long another replica may take to answer before the list is made without it, and names it. From 50 ms to 30 s.</summary>
    public TimeSpan PeerTimeout { get; set; } = TimeSpan.FromSeconds(1);
}
