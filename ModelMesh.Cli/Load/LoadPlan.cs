namespace ModelMesh.Cli.Load;

/// <summary>How much load.</summary>
/// <param name="Concurrency">How many requests at once; each is followed by the next.</param>
/// <param name="Requests">How many in all; null: as many as the time holds.</param>
/// <param name="Duration">After which none is begun; those under way end by themselves. Null: no such time.</param>
internal sealed record LoadPlan(int Concurrency, long? Requests, TimeSpan? Duration);
