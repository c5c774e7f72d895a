namespace ModelMesh.Gateway.Limits;

/// <summary>What one client may cost (section <c>Limits</c>).</summary>
internal sealed class LimitOptions
{
    /// <summary>The largest request body, in bytes; from 1 to 60 MiB: it has to fit in one message to a registry, which takes 64 MiB. A larger one is answered with <c>payload_too_large</c>.</summary>
    public long MaxBodyBytes { get; set; } = 32 * 1024 * 1024;

    /// <summary>
    /// How long a write may wait for a client that does not take what is ready for it, before the connection is cut; above 1 second, at most
    /// 1 day, and kept to the second. A write is some dozen KiB, and so is the connection's buffer: a client with a backlog has to take about
    /// 100 KB in this time. A reader that stands still holds one of the model's slots.
    /// </summary>
    public TimeSpan StalledReader { get; set; } = TimeSpan.FromSeconds(30);
}
