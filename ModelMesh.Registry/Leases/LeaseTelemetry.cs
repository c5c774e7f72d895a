using System.Diagnostics.Metrics;
using ModelMesh.Contracts.Catalog;
using ModelMesh.Registry.Inference;

namespace ModelMesh.Registry.Leases;

/// <summary>What the registry measures of the slots that it holds. Thread-safe.</summary>
internal sealed class LeaseTelemetry
{
    private readonly Counter<long> _lost;
    private readonly Histogram<double> _renewals;

    public LeaseTelemetry(IMeterFactory meters)
    {
        var meter = meters.Create(InferenceTelemetry.Name);
        _lost = meter.CreateCounter<long>(
            "modelmesh.registry.leases.lost", "{lease}", "Slots whose streams had to end, by model and reason: overdue (not renewed in time) or gone (the store knows it no more)");
        _renewals = meter.CreateHistogram<double>("modelmesh.registry.leases.renewal.duration", "s", "How long it took to renew all slots of this replica, by outcome: renewed or failed");
    }

    /// <param name="reason"><c>overdue</c> or <c>gone</c>.</param>
    public void Lost(ModelId id, string reason) => _lost.Add(1, new("model", id.Name), new("version", id.Version), new("reason", reason));

    public void Renewed(bool all, TimeSpan took) => _renewals.Record(took.TotalSeconds, new KeyValuePair<string, object?>("outcome", all ? "renewed" : "failed"));
}
