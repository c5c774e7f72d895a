using System.Diagnostics.Metrics;

namespace ModelMesh.ServiceDefaults.Prometheus.Names;

/// <summary>What Prometheus knows an instrument as.</summary>
internal enum MetricKind
{
    Counter,
    Gauge,
    Histogram,
}

internal static class MetricKinds
{
    /// <summary>By the kind of instrument; null for kinds that are made after this was written.</summary>
    public static MetricKind? Of(Instrument instrument) => instrument.GetType() is { IsGenericType: true } type ? Of(type.GetGenericTypeDefinition()) : null;

    private static MetricKind? Of(Type type) =>
        type == typeof(Counter<>) || type == typeof(ObservableCounter<>) ? MetricKind.Counter
        : type == typeof(Histogram<>) ? MetricKind.Histogram
        : type == typeof(UpDownCounter<>) || type == typeof(ObservableUpDownCounter<>) || type == typeof(Gauge<>) || type == typeof(ObservableGauge<>) ? MetricKind.Gauge
        : null;
}
