namespace ModelMesh.Registry.Rollouts;

/// <summary>What a rollout is judged on.</summary>
/// <param name="Now">The store's clock.</param>
/// <param name="Target">Whether the target can serve.</param>
/// <param name="HasSource">Whether the version that traffic comes from is registered.</param>
/// <param name="Step">What both versions did since the step began.</param>
/// <param name="Recent">The end of that, as much as it takes to judge.</param>
/// <param name="SourceActive">How many requests of the old version run, over the whole mesh.</param>
internal sealed record RolloutEvidence(DateTimeOffset Now, TargetReadiness Target, bool HasSource, StepTally Step, StepTally Recent, int SourceActive);
