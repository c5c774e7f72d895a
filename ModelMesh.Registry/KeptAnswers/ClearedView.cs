namespace ModelMesh.Registry.KeptAnswers;

/// <param name="Removed">How many answers there were.</param>
internal sealed record ClearedView(long Removed);
