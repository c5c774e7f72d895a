using System.Text.Json.Nodes;

namespace ModelMesh.Backends.Sdk;

/// <summary>Whether an upstream could serve.</summary>
public enum BackendHealthState
{
    /// <summary>A request sent now could be served.</summary>
    Healthy,

    /// <summary>Not yet: it loads or downloads the model. The model's status is <c>loading</c> meanwhile.</summary>
    Starting,

    /// <summary>It could not serve.</summary>
    Unhealthy,
}

/// <summary>What a health check found.</summary>
/// <param name="State">Whether a request sent now could be served.</param>
/// <param name="Reason">Why not, for an operator to read; never a secret.</param>
public sealed record BackendHealth(BackendHealthState State, string? Reason = null)
{
    /// <summary>Ready to serve.</summary>
    public static BackendHealth Healthy { get; } = new(BackendHealthState.Healthy);

    /// <summary>What else the upstream said of itself, shown to operators as it is: queue depth, free slots, loaded adapters. A few short fields.</summary>
    public JsonObject? Details { get; init; }

    /// <summary>Not yet able to serve, with how far it is.</summary>
    public static BackendHealth Starting(string reason) => new(BackendHealthState.Starting, reason);

    /// <summary>Not able to serve, with the reason.</summary>
    public static BackendHealth Unhealthy(string reason) => new(BackendHealthState.Unhealthy, reason);
}
