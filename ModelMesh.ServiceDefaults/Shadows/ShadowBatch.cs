namespace ModelMesh.ServiceDefaults.Shadows;

/// <summary>What one gateway counted of a pair and the store has not acknowledged. It is sent under the same number until it is, so that it counts once.</summary>
/// <param name="Sequence">Rises with each batch of a gateway.</param>
/// <param name="Counts">By <see cref="ShadowFields"/>.</param>
public sealed record ShadowBatch(ShadowPair Pair, long Sequence, IReadOnlyDictionary<string, long> Counts);
