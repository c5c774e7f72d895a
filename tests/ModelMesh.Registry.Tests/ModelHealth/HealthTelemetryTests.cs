using System.Diagnostics.Metrics;
using ModelMesh.Registry.ModelHealth;
using ModelMesh.Registry.Tests.Fakes;
using Xunit;

namespace ModelMesh.Registry.Tests.ModelHealth;

public sealed class HealthTelemetryTests
{
    [Fact]
    public void Measured_ModelsOfEachStateAndProbesOfEachOutcome_AreCounted()
    {
        var catalog = new FakeCatalog();
        var health = new FakeHealth();
        catalog.Put(TestModel.Mock(name: "a"));
        catalog.Put(TestModel.Mock(name: "b"));
        health.Say(catalog.Put(TestModel.Mock(name: "c")).Id, new HealthStanding(HealthState.Unhealthy));
        var counted = new List<string>();
        using var listener = new MeterListener();
        var thread = Environment.CurrentManagedThreadId;

        // Other tests' hosts measure under the same names; instruments are announced on the thread that makes them.
        listener.InstrumentPublished = (instrument, meter) =>
        {
            if (Environment.CurrentManagedThreadId == thread && instrument.Name is "modelmesh.registry.models" or "modelmesh.registry.health_probes")
            {
                meter.EnableMeasurementEvents(instrument);
            }
        };
        listener.SetMeasurementEventCallback<long>((instrument, value, tags, _) => counted.Add($"{instrument.Name} {tags[0].Value} {value}"));
        using var telemetry = Listened(listener, catalog, health);
        telemetry.Probed("timeout");
        listener.RecordObservableInstruments();

        Assert.Equal(
            ["modelmesh.registry.health_probes timeout 1", "modelmesh.registry.models unhealthy 1", "modelmesh.registry.models unknown 2"],
            counted.Order(StringComparer.Ordinal));
    }

    // Started only now, so that the instruments that are there already go unheard.
    private static HealthTelemetry Listened(MeterListener listener, FakeCatalog catalog, FakeHealth health)
    {
        var published = listener.InstrumentPublished;
        listener.InstrumentPublished = null;
        listener.Start();
        listener.InstrumentPublished = published;
        return new HealthTelemetry(catalog, health);
    }
}
