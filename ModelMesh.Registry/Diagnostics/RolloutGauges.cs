using System.Diagnostics.Metrics;
using ModelMesh.Contracts.Traffic;
using ModelMesh.Registry.Inference;
using ModelMesh.Registry.Rollouts;
using ModelMesh.ServiceDefaults.Catalog;
using ModelMesh.ServiceDefaults.Prometheus;

namespace ModelMesh.Registry.Diagnostics;

/// <summary>How the models' newest rollouts stand, each time that somebody wants to know. All replicas say the same.</summary>
internal sealed class RolloutGauges : IInstruments
{
    private const double Percent = 100;

    private static readonly string[] Statuses =
    [
        RolloutStatuses.Pending, RolloutStatuses.Running, RolloutStatuses.Paused, RolloutStatuses.Completed, RolloutStatuses.Failed, RolloutStatuses.RolledBack,
    ];

    private readonly ICatalog _catalog;

    public RolloutGauges(IMeterFactory meters, ICatalog catalog)
    {
        _catalog = catalog;
        var meter = meters.Create(InferenceTelemetry.Name);
        meter.CreateObservableGauge("modelmesh.registry.rollouts", ByStatus, "{rollout}", "Models by the status of their newest rollout: pending, running, paused, completed, failed or rolled_back");
        meter.CreateObservableGauge("modelmesh.registry.rollout.share", Shares, "1", "Part of a model's traffic, from 0 to 1, that an active rollout has moved to its target");
    }

    private IEnumerable<Rollout> Newest => _catalog.Current.Traffic.Rollouts.Values;

    private IEnumerable<Measurement<int>> ByStatus()
    {
        var counts = Newest.CountBy(rollout => rollout.Status, StringComparer.Ordinal).ToDictionary(StringComparer.Ordinal);
        return Statuses.Select(status => new Measurement<int>(counts.GetValueOrDefault(status), new KeyValuePair<string, object?>("status", status)));
    }

    private IEnumerable<Measurement<double>> Shares() => Newest.Where(rollout => rollout.IsActive).Select(rollout => new Measurement<double>(
        TrafficShares.Of(rollout).To / Percent, new("model", rollout.Model), new("from", rollout.From), new("to", rollout.To), new KeyValuePair<string, object?>("status", rollout.Status)));
}
