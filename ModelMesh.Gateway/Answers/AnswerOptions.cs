namespace ModelMesh.Gateway.Answers;

/// <summary>How answers are sent (section <c>Answers</c>).</summary>
internal sealed class AnswerOptions
{
    /// <summary>How long a stream may be silent before a comment keeps its connection alive, where its format has such; from 100 milliseconds to 1 day.</summary>
    public TimeSpan KeepAlive { get; set; } = TimeSpan.FromSeconds(15);

    /// <summary>
    /// How long a streaming request may wait for a slot before its response starts, with its place in the queue as a comment, where its format has such; from 0 to
    /// 1 hour. Until then what fails is an HTTP error, from then on an event of the stream.
    /// </summary>
    public TimeSpan QueueNotice { get; set; } = TimeSpan.FromSeconds(2);

    /// <summary>
    /// The longest answer that is collected for a client that does not stream, in bytes; from 1,024 to 1,073,741,824.
    /// A longer one is answered with <c>backend_error</c>. A streamed answer of <c>/v1/responses</c>, whose last events repeat it, may have as many.
    /// </summary>
    public int MaxWholeAnswer { get; set; } = 16 * 1024 * 1024;
}
