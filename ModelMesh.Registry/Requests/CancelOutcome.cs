namespace ModelMesh.Registry.Requests;

/// <summary>What was told to end.</summary>
/// <param name="Cancelled">Each as it was at that moment; none when no replica that answered has it.</param>
/// <param name="Unreachable">Replicas that did not answer in time: whether they have it is not known.</param>
internal sealed record CancelOutcome(IReadOnlyList<MeshRequest> Cancelled, IReadOnlyList<string> Unreachable);
