using ModelMesh.Contracts.Traffic;

namespace ModelMesh.Registry.Rollouts;

/// <summary>What is to be written of a rollout in one step.</summary>
/// <param name="Next">The entry; its revision is that of the one it was made of.</param>
/// <param name="Weights">Of both versions; null where they stay.</param>
internal sealed record RolloutChange(Rollout Next, TrafficSplit? Weights);
