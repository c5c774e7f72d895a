using System.Runtime.InteropServices;
using ModelMesh.Contracts.Catalog;
using ModelMesh.Contracts.Traffic;
using ModelMesh.ServiceDefaults.Traffic;

namespace ModelMesh.Registry.Rollouts;

/// <summary>Which part a version has in its model's active rollout. Pure.</summary>
/// <param name="Side"><c>from</c> or <c>to</c>.</param>
/// <param name="Step">The step that runs, counted from 0; -1 before the first.</param>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct RolloutPlace(string Side, int Step)
{
    /// <returns>Null where it has none.</returns>
    public static RolloutPlace? Of(TrafficSnapshot traffic, ModelId id) => traffic.Rollouts.GetValueOrDefault(id.Name) is { IsActive: true } rollout
        ? SideOf(rollout, id.Version) is { } isTo ? new RolloutPlace(isTo ? "to" : "from", rollout.Step) : null
        : null;

    /// <returns>Whether it is the one that it goes to; null where it is neither.</returns>
    public static bool? SideOf(Rollout rollout, string version) => version == rollout.To ? true : version == rollout.From ? false : null;
}
