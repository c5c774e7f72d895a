using ModelMesh.Gateway.Answers;

namespace ModelMesh.Gateway.Chat;

/// <summary>A whole answer and who gave it. Not a record: its text must not be printable by accident.</summary>
internal sealed class CollectedAnswer(AnswerContext context, WholeAnswer answer, TimeSpan backendWait)
{
    public AnswerContext Context => context;

    public WholeAnswer Answer => answer;

    /// <summary>How long the backend took until the first token.</summary>
    public TimeSpan BackendWait => backendWait;
}
