namespace ModelMesh.Registry.Queue;

/// <summary>How requests wait for a slot (section <c>Queue</c>).</summary>
internal sealed class QueueOptions
{
    /// <summary>
    /// How long a waiter keeps its place after its replica was last heard of. Every third of it each replica vouches for its waiters and tells them their places.
    /// From 1 s to 1 min.
    /// </summary>
    public TimeSpan Ttl { get; set; } = TimeSpan.FromSeconds(3);
}
