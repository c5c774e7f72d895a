using Microsoft.Extensions.AI;
using ModelMesh.Backends.Sdk;
using ModelMesh.Backends.Wire.Http;

namespace ModelMesh.Backends.Wire.OpenAIWire.Answers;

internal enum ChatChunkKind
{
    /// <summary>Could be read and holds nothing for the caller, or updates and usage.</summary>
    Read,

    /// <summary>Could not be read.</summary>
    Malformed,

    /// <summary>The upstream's own failure.</summary>
    Error,

    /// <summary>The stream's end mark.</summary>
    End,
}

/// <summary>What one chunk of a stream holds. A value without a heap object of its own: there is one a token.</summary>
internal readonly struct ChatChunk
{
    private ChatChunk(ChatChunkKind kind, BackendUpdate? update = null, IReadOnlyList<BackendUpdate>? more = null, UsageDetails? usage = null, UpstreamError? error = null)
    {
        Kind = kind;
        Update = update;
        More = more;
        Usage = usage;
        Error = error;
    }

    public static ChatChunk Malformed { get; } = new(ChatChunkKind.Malformed);

    public static ChatChunk End { get; } = new(ChatChunkKind.End);

    public ChatChunkKind Kind { get; }

    public BackendUpdate? Update { get; }

    /// <summary>The updates after the first, of a chunk with several choices.</summary>
    public IReadOnlyList<BackendUpdate>? More { get; }

    public UsageDetails? Usage { get; }

    public UpstreamError? Error { get; }

    public static ChatChunk Of(BackendUpdate? update, IReadOnlyList<BackendUpdate>? more, UsageDetails? usage) => new(ChatChunkKind.Read, update, more, usage);

    public static ChatChunk Failure(UpstreamError error) => new(ChatChunkKind.Error, error: error);
}
