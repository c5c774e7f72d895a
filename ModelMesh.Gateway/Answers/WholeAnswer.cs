using ModelMesh.Contracts.V1;

namespace ModelMesh.Gateway.Answers;

/// <summary>A complete answer in one piece. Not a record: its text must not be printable by accident.</summary>
internal sealed class WholeAnswer(IReadOnlyList<WholeChoice> choices, Completed completed)
{
    /// <summary>By their index; at least one.</summary>
    public IReadOnlyList<WholeChoice> Choices => choices;

    public Completed Completed => completed;

    /// <summary>How much was received for it.</summary>
    public long Bytes { get; init; }

    /// <summary>What its JSON probably takes, so that a buffer for it rarely has to grow: what was received, and what an API says beside it.</summary>
    public int LikelyJsonBytes => 1024 + (int)Math.Min(Bytes, 1024 * 1024);

    /// <summary>Zeros when the backend said nothing.</summary>
    public Usage Usage { get; } = completed.Usage ?? new Usage();

    /// <summary>Why a choice ended.</summary>
    public string FinishReason(int choice) => choice < completed.FinishReasons.Count ? completed.FinishReasons[choice] : completed.FinishReason;
}
