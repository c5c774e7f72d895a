namespace ModelMesh.ServiceDefaults.Prometheus;

/// <summary>What <c>GET /metrics</c> shows (section <c>Metrics</c>).</summary>
public sealed class MetricsOptions
{
    /// <summary>Whether <c>/metrics</c> is there at all. Without it nothing listens to instruments for it either; OTLP has no part in this.</summary>
    public bool Enabled { get; set; } = true;

    /// <summary>
    /// How many label sets one metric may have. What comes after them is added up in one more series with the label <c>otel_metric_overflow="true"</c>. From 10 to 100,000.
    /// </summary>
    public int MaxSeries { get; set; } = 2000;

    /// <summary>
    /// How long a series with labels that nothing adds to is shown on: counters and histograms then go, up-down counters only at zero. One that comes back begins anew, which
    /// Prometheus takes for a restart. From 1 min to 30 days.
    /// </summary>
    public TimeSpan IdleAfter { get; set; } = TimeSpan.FromHours(1);
}
