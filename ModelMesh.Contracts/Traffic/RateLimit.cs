namespace ModelMesh.Contracts.Traffic;

/// <summary>How much traffic there may be in a minute. A request has to be within every limit that it falls under.</summary>
public sealed record RateLimit : ITrafficEntry
{
    public required string Name { get; init; }

    /// <summary>A model's name or an alias; null: any. Requests for it count together, whatever version serves them.</summary>
    public string? Model { get; init; }

    /// <summary>The name of a <see cref="Traffic.Caller"/>, <c>*</c> for each caller on its own (those without a key are one), or null: all callers together.</summary>
    public string? Caller { get; init; }

    /// <summary>Requests a minute, at least 1; null: any number.</summary>
    public int? RequestsPerMinute { get; init; }

    /// <summary>Input and output tokens a minute, at least 1; null: any number.</summary>
    public long? TokensPerMinute { get; init; }

    public long Revision { get; init; }

    public DateTimeOffset CreatedAt { get; init; }

    public DateTimeOffset UpdatedAt { get; init; }
}
