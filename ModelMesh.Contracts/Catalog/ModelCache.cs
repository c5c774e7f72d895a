namespace ModelMesh.Contracts.Catalog;

/// <summary>Which answers of a model version are kept for requests that are exactly the same.</summary>
public sealed record ModelCache
{
    /// <summary>Whether requests are looked up without asking for it.</summary>
    public bool Enabled { get; init; } = true;

    /// <summary>How long an answer is kept, in seconds; from 1 to 2,592,000 (30 days).</summary>
    public int TtlSeconds { get; init; } = 300;
}
