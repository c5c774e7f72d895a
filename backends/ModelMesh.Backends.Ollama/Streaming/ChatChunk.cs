using ModelMesh.Backends.Sdk;

namespace ModelMesh.Backends.Ollama.Streaming;

/// <summary>What one line of a chat's answer says; what is not there is null.</summary>
internal readonly record struct ChatChunk
{
    public string? Content { get; init; }

    public string? Thinking { get; init; }

    public IReadOnlyList<WholeToolCall>? ToolCalls { get; init; }

    public IReadOnlyList<TokenLogProbability>? LogProbabilities { get; init; }

    /// <summary>Whether the line is the answer's end.</summary>
    public bool Done { get; init; }

    public string? DoneReason { get; init; }

    public long? InputTokens { get; init; }

    public long? OutputTokens { get; init; }

    /// <summary>Whether the line is an error, to be read as one.</summary>
    public bool IsError { get; init; }

    /// <summary>Whether the line has no message, which all but errors have.</summary>
    public bool LacksMessage { get; init; }
}

/// <summary>A tool call: Ollama sends each in one piece.</summary>
/// <param name="Id">The call's id, from servers that give one.</param>
/// <param name="Arguments">The arguments as JSON text.</param>
internal sealed record WholeToolCall(string? Id, string Name, string Arguments);
