namespace ModelMesh.Contracts.Traffic;

/// <summary>An application that is told from others by its API key.</summary>
public sealed record Caller : ITrafficEntry
{
    public required string Name { get; init; }

    /// <summary>SHA-256 of the key it sends, 64 lower-case hexadecimal digits. The key itself is never stored.</summary>
    public required string KeySha256 { get; init; }

    /// <summary>What <c>user_tier</c> is in rules; empty for none.</summary>
    public string Tier { get; init; } = "";

    /// <summary>Its place in queues, from -100 to 100; the higher goes first.</summary>
    public int Priority { get; init; }

    public long Revision { get; init; }

    public DateTimeOffset CreatedAt { get; init; }

    public DateTimeOffset UpdatedAt { get; init; }
}
