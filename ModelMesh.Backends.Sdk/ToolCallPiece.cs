using Microsoft.Extensions.AI;

namespace ModelMesh.Backends.Sdk;

/// <summary>
/// A piece of a tool call while the model writes it. The first piece of a call carries <see cref="CallId"/> and <see cref="Name"/>; the
/// <see cref="Arguments"/> of all pieces with one index, concatenated, are the call's arguments as JSON text. A backend that has whole calls
/// only sends <see cref="FunctionCallContent"/> instead.
/// </summary>
public sealed class ToolCallPiece : AIContent
{
    /// <summary>Makes a piece of the call with an index.</summary>
    public ToolCallPiece(int index) => Index = index;

    /// <summary>Which of the answer's calls this belongs to, from 0 on: parallel calls may arrive interleaved.</summary>
    public int Index { get; }

    /// <summary>The call's id, which the tool's result refers to; null but in the first piece.</summary>
    public string? CallId { get; init; }

    /// <summary>The tool's name; null but in the first piece.</summary>
    public string? Name { get; init; }

    /// <summary>The next part of the arguments' text; may be empty.</summary>
    public string Arguments { get; init; } = "";
}
