using System.Diagnostics.Metrics;
using ModelMesh.Contracts.Traffic;
using ModelMesh.Registry.Inference;

namespace ModelMesh.Registry.Rollouts;

/// <summary>Counts how rollouts ended, at the replica that wrote it: once in the whole mesh.</summary>
internal sealed class RolloutTelemetry(IMeterFactory meters)
{
    private readonly Counter<long> _ended = meters.Create(InferenceTelemetry.Name).CreateCounter<long>(
        "modelmesh.registry.rollouts.ended", "{rollout}", "Rollouts that ended, by model and status: completed, failed or rolled_back");

    public void Written(Rollout rollout)
    {
        if (!rollout.IsActive)
        {
            _ended.Add(1, new("model", rollout.Model), new("status", rollout.Status));
        }
    }
}
