using ModelMesh.Contracts.Errors;
using ModelMesh.Contracts.V1;

namespace ModelMesh.Gateway.Answers;

/// <summary>
/// How one streamed answer looks on the wire. Made for one answer, once its first tokens are there; writes into the <see cref="AnswerOutput"/> it was
/// made with and never flushes. Calls do not overlap. What opens the stream is written with the first call, whichever it is.
/// </summary>
internal interface IAnswerFormat
{
    /// <summary>E.g. <c>text/event-stream; charset=utf-8</c>.</summary>
    string ContentType { get; }

    void Delta(Delta delta);

    /// <summary>The answer is complete. Only this may write what tells a client so.</summary>
    void Done(Completed completed);

    /// <summary>The answer ends here, cut; nothing else is written after it.</summary>
    void Error(MeshException error);

    /// <summary>Something that every client of the format skips; nothing where the format has no such thing.</summary>
    void KeepAlive();
}
