using System.Collections.Concurrent;
using System.Diagnostics;
using System.Diagnostics.Metrics;
using ModelMesh.Registry.Tests.Fakes;
using ModelMesh.Registry.Tests.Inference;
using ModelMesh.Registry.Tests.Telemetry;
using Xunit;
using static ModelMesh.Registry.Tests.Fakes.PluginFolders;

namespace ModelMesh.Registry.Tests.Secrets;

[Collection(SpanRecorder.Collection)]
public sealed class TelemetryTests
{
    private const string Secret = "hush-telemetry-51c0ffee";

    [Fact]
    public async Task Infer_ABackendTellsItsSecretInEveryFailure_NeitherTracesNorMetricsHoldIt()
    {
        var seen = new ConcurrentQueue<string>();
        using var traces = new ActivityListener
        {
            ShouldListenTo = _ => true,
            Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllDataAndRecorded,
            ActivityStopped = activity => seen.Enqueue($"{activity.DisplayName} {activity.StatusDescription} {Join(activity.TagObjects)} {Join(activity.Events.SelectMany(happened => happened.Tags))}"),
        };
        ActivitySource.AddActivityListener(traces);
        using var metrics = new MeterListener { InstrumentPublished = (instrument, listener) => listener.EnableMeasurementEvents(instrument) };
        metrics.SetMeasurementEventCallback<long>((instrument, _, tags, _) => seen.Enqueue($"{instrument.Name} {Join(tags.ToArray())}"));
        metrics.SetMeasurementEventCallback<double>((instrument, _, tags, _) => seen.Enqueue($"{instrument.Name} {Join(tags.ToArray())}"));
        metrics.Start();
        await using var registry = await TestRegistry.StartAsync(("Backends:leaky:ApiKey", Secret));
        registry.Folders.Drop(TestPlugin("Leaky"), "Leaky");
        await Eventually.HoldsAsync(() => registry.Plugins.Find("leaky") is not null, "the plugin is loaded");
        registry.Put(TestModel.Of("leaky"));
        foreach (var order in (string[])["invalid", "ordinary", "midstream", "unauthenticated", "cut"])
        {
            using var call = registry.Infer(order);
            var error = await call.FailedAsync();
            Assert.DoesNotContain("hush", error.Message, StringComparison.Ordinal);
        }

        await Eventually.HoldsAsync(() => seen.Any(line => line.Contains("Incorrect API key provided: ***", StringComparison.Ordinal)), "the traces are there");
        Assert.DoesNotContain(seen, line => line.Contains(Secret[..12], StringComparison.Ordinal));
    }

    private static string Join(IEnumerable<KeyValuePair<string, object?>> tags) => string.Join(' ', tags.Select(tag => $"{tag.Key}={tag.Value}"));
}
