namespace ModelMesh.Registry.Admin;

/// <summary>The admin API (section <c>Admin</c>).</summary>
internal sealed class AdminOptions
{
    /// <summary>The largest body it reads, in bytes. From 1 KiB to 100 MiB.</summary>
    public int MaxBodyBytes { get; set; } = 1024 * 1024;

    /// <summary>How often <c>/events</c> sends a comment line when there is nothing to tell. From 1 s to 5 min.</summary>
    public TimeSpan EventsKeepAlive { get; set; } = TimeSpan.FromSeconds(15);
}
