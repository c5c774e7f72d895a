using ModelMesh.ServiceDefaults.Prometheus.Names;
using ModelMesh.ServiceDefaults.Prometheus.Series;

namespace ModelMesh.ServiceDefaults.Prometheus;

/// <summary>A metric whose instruments are asked when somebody wants to know; what they do not speak of any more is gone.</summary>
internal sealed class ObservedFamily(MetricName name, MetricKind kind, string help, SeriesTable<ObservedSeries> table) : MetricFamily(name, kind, help)
{
    public override long Overflowed => table.Overflowed;

    public override void Record(double value, ReadOnlySpan<KeyValuePair<string, object?>> tags) => table.Add(value, tags);

    public override IReadOnlyList<SeriesPoint> Read() => table.Read(static (series, _) => !series.IsInRound);
}
