using System.Diagnostics.Metrics;
using ModelMesh.Contracts.Traffic;
using ModelMesh.Registry.Diagnostics;
using ModelMesh.Registry.Rollouts;
using ModelMesh.ServiceDefaults.Catalog;
using ModelMesh.ServiceDefaults.Traffic;
using Xunit;

namespace ModelMesh.Registry.Tests.Diagnostics;

public sealed class GaugeTests
{
    [Fact]
    public void Rollouts_OfTheCatalog_AreCountedByStatusAndActiveOnesTellTheirShare()
    {
        using var meters = new TestMeters();
        _ = new RolloutGauges(meters, new FixedCatalog(Rollout("a", RolloutStatuses.Running), Rollout("b", RolloutStatuses.RolledBack)));

        var told = Observed(meters);

        Assert.Contains("modelmesh.registry.rollouts status=running 1", told);
        Assert.Contains("modelmesh.registry.rollouts status=rolled_back 1", told);
        Assert.Contains("modelmesh.registry.rollouts status=paused 0", told);
        Assert.Equal("modelmesh.registry.rollout.share model=a from=v1 to=v2 status=running 0.25", Assert.Single(told, line => line.Contains("share", StringComparison.Ordinal)));
    }

    [Fact]
    public void Rollouts_ThatAreWritten_CountOnceTheyHaveEnded()
    {
        using var meters = new TestMeters();
        var telemetry = new RolloutTelemetry(meters);
        var told = new List<string>();
        using var listener = Listener(meters, told);

        telemetry.Written(Rollout("a", RolloutStatuses.Running));
        telemetry.Written(Rollout("a", RolloutStatuses.Completed));

        Assert.Equal(["modelmesh.registry.rollouts.ended model=a status=completed 1"], told);
    }

    private static Rollout Rollout(string model, string status) =>
        new() { Model = model, RequestId = "r", From = "v1", To = "v2", Strategy = RolloutStrategies.Canary, Steps = [25, 100], Step = 0, Status = status };

    private static List<string> Observed(TestMeters meters)
    {
        var told = new List<string>();
        using var listener = Listener(meters, told);
        listener.RecordObservableInstruments();
        return told;
    }

    private static MeterListener Listener(TestMeters meters, List<string> told)
    {
        var listener = new MeterListener
        {
            InstrumentPublished = (instrument, listener) =>
            {
                if (ReferenceEquals(instrument.Meter.Scope, meters))
                {
                    listener.EnableMeasurementEvents(instrument);
                }
            },
        };
        listener.SetMeasurementEventCallback<int>((instrument, value, tags, _) => told.Add(Line(instrument, value, tags)));
        listener.SetMeasurementEventCallback<long>((instrument, value, tags, _) => told.Add(Line(instrument, value, tags)));
        listener.SetMeasurementEventCallback<double>((instrument, value, tags, _) => told.Add(Line(instrument, value, tags)));
        listener.Start();
        return listener;
    }

    private static string Line(Instrument instrument, double value, ReadOnlySpan<KeyValuePair<string, object?>> tags) =>
        string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{instrument.Name} {string.Join(' ', tags.ToArray().Select(tag => $"{tag.Key}={tag.Value}"))} {value}");

    private sealed class FixedCatalog(params Rollout[] rollouts) : ICatalog
    {
        public event Action<CatalogChange>? Changed
        {
            add { }
            remove { }
        }

        public CatalogSnapshot Current { get; } = CatalogSnapshot.Create(1, [], TrafficSnapshot.Create(rollouts.Select(rollout =>
            KeyValuePair.Create(new TrafficId(TrafficKinds.Rollout, rollout.Model), (ITrafficEntry)rollout))));

        public Task<CatalogSnapshot> RefreshAsync(CancellationToken cancellationToken) => Task.FromResult(Current);
    }
}
