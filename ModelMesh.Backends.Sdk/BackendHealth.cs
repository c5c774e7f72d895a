namespace ModelMesh.Backends.Sdk;

/// <summary>What a health check found.</summary>
/// <param name="IsHealthy">Whether a request sent now could be served.</param>
/// <param name="Reason">Why not, for an operator to read; never a secret.</param>
public sealed record BackendHealth(bool IsHealthy, string? Reason = null)
{
    /// <summary>Ready to serve.</summary>
    public static BackendHealth Healthy { get; } = new(true);

    /// <summary>Not able to serve, with the reason.</summary>
    public static BackendHealth Unhealthy(string reason) => new(false, reason);
}
