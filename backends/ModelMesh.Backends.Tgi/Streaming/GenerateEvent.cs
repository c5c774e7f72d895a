using ModelMesh.Backends.Sdk;

namespace ModelMesh.Backends.Tgi.Streaming;

/// <summary>What one event of a generation says; what is not there is null.</summary>
internal readonly record struct GenerateEvent
{
    public GeneratedToken? Token { get; init; }

    /// <summary>The likeliest tokens at the token's place.</summary>
    public IReadOnlyList<TokenLogProbability>? Top { get; init; }

    /// <summary>The whole answer: the mark of its last event.</summary>
    public string? GeneratedText { get; init; }

    public string? FinishReason { get; init; }

    public long? OutputTokens { get; init; }

    public long? InputTokens { get; init; }

    /// <summary>Whether the event is an error, to be read as one.</summary>
    public bool IsError { get; init; }

    /// <summary>Whether the event is the generation's last.</summary>
    public bool IsEnd => GeneratedText is not null || FinishReason is not null;
}
