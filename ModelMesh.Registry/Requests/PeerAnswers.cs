namespace ModelMesh.Registry.Requests;

/// <summary>What other replicas answered, and which of them did not.</summary>
internal sealed record PeerAnswers<T>(IReadOnlyList<T> Answers, IReadOnlyList<string> Unreachable);
