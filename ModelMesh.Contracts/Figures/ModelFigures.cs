namespace ModelMesh.Contracts.Figures;

/// <summary>
/// What one registry replica knows of one model version just now, as it writes it to the store. Sums and counts instead of means, so that
/// figures of several replicas add up. Absent means none, zero or unknown: most models are idle, and their entry is short.
/// </summary>
public sealed record ModelFigures
{
    /// <summary>The revision that the replica serves, or would if it could.</summary>
    public required long Revision { get; init; }

    /// <summary><c>pending</c>, <c>loading</c>, <c>ready</c>, <c>draining</c> or <c>failed</c>.</summary>
    public required string Status { get; init; }

    /// <summary>Why it is not ready, without secrets.</summary>
    public string? StatusReason { get; init; }

    /// <summary><c>healthy</c>, <c>starting</c> or <c>unhealthy</c>; null is <c>unknown</c>.</summary>
    public string? Health { get; init; }

    /// <summary>Why it is not healthy, without secrets.</summary>
    public string? HealthReason { get; init; }

    /// <summary>When the upstream last answered or failed, by the store's clock: of two findings the later one counts.</summary>
    public DateTimeOffset? HealthAt { get; init; }

    /// <summary>How many slots of the model this replica holds.</summary>
    public int Active { get; init; }

    /// <summary>How many streams of the last 60 s had a first token.</summary>
    public long FirstTokens { get; init; }

    /// <summary>Their times to first token added up, in milliseconds: each from the request's arrival at the registry.</summary>
    public double FirstTokenMs { get; init; }

    /// <summary>The output tokens after the first of each stream that completed in the last 60 s.</summary>
    public long StreamedTokens { get; init; }

    /// <summary>How long those took, added up over the streams, in milliseconds: each from its first token to its last.</summary>
    public double StreamedMs { get; init; }
}
