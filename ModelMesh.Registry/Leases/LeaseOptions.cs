namespace ModelMesh.Registry.Leases;

/// <summary>How long a slot stays taken after its holder was last heard of (section <c>Leases</c>).</summary>
internal sealed class LeaseOptions
{
    /// <summary>
    /// Time to live of a lease; renewed every third of it. A crashed replica's capacity is back after it, and a replica cut off from the store
    /// keeps its streams that long. From 1 s to 5 min.
    /// </summary>
    public TimeSpan Ttl { get; set; } = TimeSpan.FromSeconds(10);
}
