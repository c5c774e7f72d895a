using ModelMesh.ServiceDefaults.Prometheus.Series;

namespace ModelMesh.ServiceDefaults.Prometheus;

/// <summary>A metric with all its series at one moment. A metric without any is one that nothing was measured of yet.</summary>
internal sealed record FamilySnapshot(MetricFamily Family, IReadOnlyList<SeriesPoint> Points);
