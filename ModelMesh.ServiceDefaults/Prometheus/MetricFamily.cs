using ModelMesh.ServiceDefaults.Prometheus.Names;
using ModelMesh.ServiceDefaults.Prometheus.Series;

namespace ModelMesh.ServiceDefaults.Prometheus;

/// <summary>One metric: what instruments of one name measure together. Recording is thread-safe; reading is done by one caller at a time.</summary>
internal abstract class MetricFamily(MetricName name, MetricKind kind, string help)
{
    public MetricName Name { get; } = name;

    public MetricKind Kind { get; } = kind;

    public string Help { get; } = help;

    /// <summary>How many instruments measure it. Written under the collector's lock.</summary>
    public int Instruments { get; set; }

    public abstract long Overflowed { get; }

    public abstract void Record(double value, ReadOnlySpan<KeyValuePair<string, object?>> tags);

    /// <summary>Its series, by their labels.</summary>
    public abstract IReadOnlyList<SeriesPoint> Read();
}
