using ModelMesh.Gateway.Answers;

namespace ModelMesh.Gateway.Chat;

/// <summary>A whole answer and who gave it. Not a record: its text must not be printable by accident.</summary>
internal sealed class CollectedAnswer(AnswerContext context, WholeAnswer answer, TimeSpan overhead)
{
    public AnswerContext Context => context;

    public WholeAnswer Answer => answer;

    /// <summary>What the mesh itself took until its first token.</summary>
    public TimeSpan Overhead => overhead;
}
