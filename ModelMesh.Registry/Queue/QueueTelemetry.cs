using System.Diagnostics;
using System.Diagnostics.Metrics;
using ModelMesh.Contracts.Catalog;
using ModelMesh.Registry.Inference;
using ModelMesh.ServiceDefaults.Telemetry;

namespace ModelMesh.Registry.Queue;

/// <summary>What the registry measures of requests that wait for a slot.</summary>
internal static class QueueTelemetry
{
    private static readonly Meter Meter = new(InferenceTelemetry.Name);
    private static readonly UpDownCounter<long> Depth = Meter.CreateUpDownCounter<long>("modelmesh.registry.queue.depth", "{request}", "Requests of this replica that wait for a slot, by model");
    private static readonly Histogram<double> Waits = Meter.CreateHistogram("modelmesh.registry.queue.wait", "s", "How long requests waited for a slot, by model and how it ended", advice: Buckets.Wait);
    private static readonly Counter<long> Refusals = Meter.CreateCounter<long>("modelmesh.registry.queue.refusals", "{request}", "Requests without a slot, by model and reason");
    private static readonly Counter<long> Preemptions = Meter.CreateCounter<long>("modelmesh.registry.queue.preemptions", "{request}", "Requests that gave up their slot to one of a higher priority before their first token, by model");

    public static void Preempted(ModelId id) => Preemptions.Add(1, new("model", id.Name), new("version", id.Version));

    /// <returns>The wait's span, <c>queue</c>; null where nobody listens.</returns>
    public static Activity? Began(ModelId id)
    {
        Depth.Add(1, new("model", id.Name), new("version", id.Version));
        return RegistryActivities.Source.StartActivity("queue");
    }

    /// <param name="id">Which model.</param>
    /// <param name="span">The wait's.</param>
    /// <param name="waited">How long.</param>
    /// <param name="outcome"><c>admitted</c>, <c>timeout</c>, <c>evicted</c>, <c>left</c> for a caller that went, or <c>failed</c>.</param>
    public static void Ended(ModelId id, Activity? span, TimeSpan waited, string outcome)
    {
        if (span is { IsAllDataRequested: true })
        {
            span.SetTag(MeshTags.Model, id.Name);
            span.SetTag(MeshTags.Version, id.Version);
            span.SetTag(MeshTags.Outcome, outcome);
        }

        span?.Dispose();
        Depth.Add(-1, new("model", id.Name), new("version", id.Version));
        Waits.Record(waited.TotalSeconds, new("model", id.Name), new("version", id.Version), new("outcome", outcome));
    }

    /// <param name="id">Which model.</param>
    /// <param name="reason"><c>full</c>, <c>timeout</c> or <c>evicted</c>.</param>
    public static void Refused(ModelId id, string reason) => Refusals.Add(1, new("model", id.Name), new("version", id.Version), new("reason", reason));
}
