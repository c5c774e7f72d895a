using ModelMesh.Registry.Attempts;
using ModelMesh.Registry.Inference;

namespace ModelMesh.Registry.Requests;

/// <summary>A request's time with a slot, as its parts tell of it.</summary>
/// <param name="Revision">The revision that is pinned for it.</param>
/// <param name="Stream">Ends it.</param>
/// <param name="Attempts">Counts how often backends were asked.</param>
/// <param name="Run">Counts its tokens; null for embeddings.</param>
internal sealed record ServedRequest(long Revision, OpenStream Stream, AttemptLoop Attempts, StreamRun? Run);
