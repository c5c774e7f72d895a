using System.Diagnostics.Metrics;

namespace ModelMesh.ServiceDefaults.Catalog;

/// <summary>What is measured of this process's view of the catalog, on the meter <c>ModelMesh.Catalog</c>. Loads are told by one caller at a time.</summary>
internal sealed class CatalogTelemetry
{
    private readonly TimeProvider _time;
    private readonly Histogram<double> _loads;
    private long _comparedAt;

    public CatalogTelemetry(IMeterFactory meters, TimeProvider time, Func<CatalogSnapshot> current)
    {
        _time = time;
        _comparedAt = time.GetTimestamp();
        var meter = meters.Create("ModelMesh.Catalog");
        _loads = meter.CreateHistogram<double>("modelmesh.catalog.load.duration", "s", "How long a load of the catalog took, by extent: all of it, or what had changed");
        meter.CreateObservableGauge("modelmesh.catalog.revision", () => current().Revision, "{revision}", "The catalog's revision that this process serves");
        meter.CreateObservableGauge("modelmesh.catalog.versions", () => current().All.Count, "{version}", "Model versions in the catalog");
        meter.CreateObservableGauge(
            "modelmesh.catalog.age", () => _time.GetElapsedTime(Volatile.Read(ref _comparedAt)).TotalSeconds, "s", "How long ago the catalog was last compared with the store's");
    }

    /// <summary>What this process has is what the store has.</summary>
    public void Compared() => Volatile.Write(ref _comparedAt, _time.GetTimestamp());

    public void Loaded(bool all, long since) => _loads.Record(_time.GetElapsedTime(since).TotalSeconds, new KeyValuePair<string, object?>("extent", all ? "all" : "changes"));
}
