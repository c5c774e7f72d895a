using System.Diagnostics;
using System.Diagnostics.Metrics;
using ModelMesh.Contracts.Catalog;

namespace ModelMesh.Registry.Inference;

/// <summary>What the registry measures of its streams. Counted per stream, never per token.</summary>
internal static class InferenceTelemetry
{
    public const string Name = "ModelMesh.Registry";

    private static readonly ActivitySource Source = new(Name);
    private static readonly Meter Meter = new(Name);
    private static readonly Counter<long> Requests = Meter.CreateCounter<long>("modelmesh.registry.requests", "{request}", "Requests by model and outcome");

    public static UpDownCounter<long> InFlight { get; } = Meter.CreateUpDownCounter<long>("modelmesh.registry.in_flight", "{request}", "Streams that hold a slot");

    public static Counter<long> Tokens { get; } = Meter.CreateCounter<long>("modelmesh.registry.tokens", "{token}", "Tokens that backends produced");

    public static Counter<long> SkippedChunks { get; } = Meter.CreateCounter<long>("modelmesh.registry.skipped_chunks", "{chunk}", "Chunks of backends' streams that could not be read and were left out");

    /// <param name="what"><c>infer</c> or <c>embed</c>.</param>
    public static Activity? Start(string what, string requestId, ModelId id)
    {
        var activity = Source.StartActivity(what);
        activity?.SetTag("modelmesh.model", id.Name).SetTag("modelmesh.version", id.Version).SetTag("modelmesh.request_id", requestId);
        return activity;
    }

    /// <param name="activity">The request's activity, where someone listens.</param>
    /// <param name="id">Which model.</param>
    /// <param name="outcome"><c>completed</c>, <c>cancelled</c> or an error's name.</param>
    public static void Ended(Activity? activity, ModelId id, string outcome)
    {
        activity?.SetTag("modelmesh.outcome", outcome);

        // A name that is not registered is whatever a caller sent; as a label it would let a caller fill the metrics store.
        var known = outcome != "model_not_found";
        Requests.Add(1, new("model", known ? id.Name : ""), new("version", known ? id.Version : ""), new("outcome", outcome));
    }
}
