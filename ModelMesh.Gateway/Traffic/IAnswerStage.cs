using ModelMesh.Gateway.Answers;

namespace ModelMesh.Gateway.Traffic;

/// <summary>
/// What is done with an answer once it has its first token: sent on, or collected. For a stream nothing is thrown from here on, since what a client has seen cannot be
/// taken back; for a whole answer a failure is thrown, and another attempt may be made. The stream is disposed by who opened it.
/// </summary>
internal delegate Task AnswerUse(IAnswerStream stream);

/// <summary>The rest of the way.</summary>
internal delegate Task AnswerNext(AnswerCall call, AnswerUse use, CancellationToken cancellationToken);

/// <summary>
/// One concern of every request for an answer, between routing and the registry: it may refuse, answer by itself, look at the answer or wrap it. One instance
/// for all requests; thread-safe.
/// </summary>
internal interface IAnswerStage
{
    /// <summary>Completes when the answer has been used, and no later.</summary>
    Task RunAsync(AnswerCall call, AnswerUse use, AnswerNext next, CancellationToken cancellationToken);
}
