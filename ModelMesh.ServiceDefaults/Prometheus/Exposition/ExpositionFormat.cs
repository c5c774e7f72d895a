namespace ModelMesh.ServiceDefaults.Prometheus.Exposition;

/// <summary>The formats that scrapers read.</summary>
internal enum ExpositionFormat
{
    /// <summary>Prometheus' own, 0.0.4.</summary>
    Text,

    /// <summary>OpenMetrics 1.0.0, with units and exemplars.</summary>
    OpenMetrics,
}
