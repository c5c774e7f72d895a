using ModelMesh.Contracts.V1;
using ModelMesh.Gateway.Answers;

namespace ModelMesh.Gateway.Ollama.Answers;

/// <summary>What a line of an answer, or a whole one, holds of the model's. Not a record: its text must not be printable by accident.</summary>
internal sealed class Piece
{
    public string Text { get; init; } = "";

    public string Thinking { get; init; } = "";

    /// <summary>The arguments of each are an object.</summary>
    public IReadOnlyCollection<WholeToolCall> ToolCalls { get; init; } = [];

    public IReadOnlyList<TokenLogprob> Logprobs { get; init; } = [];
}
