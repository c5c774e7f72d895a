using ModelMesh.Backends.Sdk;

namespace ModelMesh.Registry.Inference;

/// <summary>One thing to send: nearly always a text of the only answer, and nothing else.</summary>
internal readonly record struct AnswerPiece(string Text, AnswerExtras? Extras = null)
{
    /// <summary>About how many characters it has.</summary>
    public int Length => Text.Length + (Extras?.Length ?? 0);
}

/// <summary>What a piece has besides text.</summary>
internal sealed record AnswerExtras
{
    /// <summary>Which of the n answers it belongs to.</summary>
    public int Choice { get; init; }

    public string Reasoning { get; init; } = "";

    public string Refusal { get; init; } = "";

    public ToolCallPiece? ToolCall { get; init; }

    public IReadOnlyList<TokenLogProbability> LogProbabilities { get; init; } = [];

    public int Length => Reasoning.Length + Refusal.Length + (ToolCall?.Arguments.Length ?? 0);
}
