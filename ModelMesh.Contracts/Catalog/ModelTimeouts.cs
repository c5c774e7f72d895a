namespace ModelMesh.Contracts.Catalog;

/// <summary>How long a backend may keep a stream waiting. There is no total time-out.</summary>
public sealed record ModelTimeouts
{
    /// <summary>Until the first token, in milliseconds; at least 1.</summary>
    public int FirstTokenMs { get; init; } = 60_000;

    /// <summary>Between two tokens, in milliseconds; at least 1.</summary>
    public int IdleMs { get; init; } = 30_000;
}
