using ModelMesh.ServiceDefaults.Prometheus.Names;
using ModelMesh.ServiceDefaults.Prometheus.Series;

namespace ModelMesh.ServiceDefaults.Prometheus;

/// <summary>A metric whose instruments tell each measurement as it is made.</summary>
internal sealed class RecordedFamily(MetricName name, MetricKind kind, string help, double[]? bounds, SeriesTable<MetricSeries> table, IdleWatch idle) : MetricFamily(name, kind, help)
{
    /// <summary>A histogram's buckets: their upper bounds, ascending.</summary>
    public double[]? Bounds { get; } = bounds;

    public override long Overflowed => table.Overflowed;

    public override void Record(double value, ReadOnlySpan<KeyValuePair<string, object?>> tags) => table.Add(value, tags);

    public override IReadOnlyList<SeriesPoint> Read()
    {
        var points = table.Read(idle.IsIdle);
        idle.Swap();
        return points;
    }
}
