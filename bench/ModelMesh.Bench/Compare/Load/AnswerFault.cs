namespace ModelMesh.Bench.Compare.Load;

/// <summary>An answer that is not what was asked for.</summary>
/// <param name="kind">A few words that are the same for all answers with that fault.</param>
internal sealed class AnswerFault(string kind) : Exception(kind);
