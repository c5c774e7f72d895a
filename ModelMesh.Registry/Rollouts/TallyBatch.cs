namespace ModelMesh.Registry.Rollouts;

/// <summary>What a replica counted of a rollout and the store has not acknowledged. It is sent under the same number until it is, so that it counts once.</summary>
internal sealed record TallyBatch(string Model, string RolloutId, long Sequence, IReadOnlyDictionary<string, long> Counts);
