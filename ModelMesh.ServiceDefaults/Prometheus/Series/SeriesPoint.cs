namespace ModelMesh.ServiceDefaults.Prometheus.Series;

/// <summary>How a series stood when it was read.</summary>
/// <param name="Labels">The text between a sample's braces, in UTF-8.</param>
/// <param name="Value">A histogram's is the sum of what was measured.</param>
internal sealed record SeriesPoint(byte[] Labels, double Value)
{
    /// <summary>A histogram's: how many measurements went into each bucket, the last one without an upper bound.</summary>
    public long[]? Counts { get; init; }

    /// <summary>A histogram's: an example of each bucket, where there is one.</summary>
    public Exemplar?[]? Exemplars { get; init; }

    public bool IsSameAs(SeriesPoint? other) =>
        other is not null && Value.Equals(other.Value) && (Counts is null ? other.Counts is null : other.Counts is not null && Counts.AsSpan().SequenceEqual(other.Counts));
}
