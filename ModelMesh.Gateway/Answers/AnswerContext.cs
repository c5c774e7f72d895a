using ModelMesh.Contracts.V1;

namespace ModelMesh.Gateway.Answers;

/// <summary>What an answer says of itself in every format.</summary>
/// <param name="Accepted">Who serves it.</param>
/// <param name="RequestId">The request's id: ids inside the answer are made of it.</param>
/// <param name="Created">When its first token came.</param>
internal sealed record AnswerContext(Accepted Accepted, string RequestId, DateTimeOffset Created)
{
    /// <summary>When its first token came, as the time provider's timestamp.</summary>
    public long FirstToken { get; init; }

    /// <summary>How much of the time until then the backend took.</summary>
    public TimeSpan BackendWait { get; init; }
}
