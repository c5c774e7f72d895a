using ModelMesh.Contracts.Catalog;
using ModelMesh.Registry.Plugins;

namespace ModelMesh.Registry.Rollouts;

internal enum TargetState
{
    /// <summary>At least one replica serves it, and none is about to.</summary>
    Ready,

    /// <summary>A replica is about to serve it.</summary>
    Waiting,

    /// <summary>No replica serves it, and none is about to.</summary>
    Failed,

    /// <summary>It was deleted, is about to be, or has become a shadow version.</summary>
    Gone,
}

/// <summary>Whether a rollout's target can take traffic, and why not.</summary>
internal sealed record TargetReadiness(TargetState State, string? Reason = null)
{
    /// <summary>
    /// 1. no version, or one that takes no traffic: gone; 2. a replica that does not know yet: waiting; 3. one that serves it: ready, for requests go past those that cannot;
    /// 4. else failed, with the first reason.
    /// </summary>
    /// <param name="target">The version as the catalog has it.</param>
    /// <param name="replicas">What each replica says of that revision; what it says of an older one is <c>pending</c>.</param>
    public static TargetReadiness Of(ModelVersion? target, IReadOnlyList<ModelStatus> replicas)
    {
        // 1.
        if (target is null or { Draining: true } or { Shadow: true })
        {
            return new TargetReadiness(TargetState.Gone, target is null ? "it is not registered any more" : target.Draining ? "it drains" : "it is a shadow version now");
        }

        // 2.
        if (replicas.FirstOrDefault(status => status.State is not ("ready" or "failed")) is { } late)
        {
            return new TargetReadiness(TargetState.Waiting, late.Reason ?? $"it is {late.State}");
        }

        // 3. and 4.
        return replicas.Any(status => status.State is "ready")
            ? new TargetReadiness(TargetState.Ready)
            : new TargetReadiness(TargetState.Failed, replicas.Select(status => status.Reason).FirstOrDefault(reason => reason is not null) ?? "no replica can serve it");
    }
}
