using System.Diagnostics;
using System.Diagnostics.Metrics;

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

    public static Activity? Start(InferenceRequest request)
    {
        var activity = Source.StartActivity("infer");
        activity?.SetTag("modelmesh.model", request.Id.Name).SetTag("modelmesh.version", request.Id.Version).SetTag("modelmesh.request_id", request.RequestId);
        return activity;
    }

    /// <param name="activity">The request's activity, where someone listens.</param>
    /// <param name="request">The request.</param>
    /// <param name="outcome"><c>completed</c>, <c>cancelled</c> or an error's name.</param>
    public static void Ended(Activity? activity, InferenceRequest request, string outcome)
    {
        activity?.SetTag("modelmesh.outcome", outcome);

        // A name that is not registered is whatever a caller sent; as a label it would let a caller fill the metrics store.
        var known = outcome != "model_not_found";
        Requests.Add(1, new("model", known ? request.Id.Name : ""), new("version", known ? request.Id.Version : ""), new("outcome", outcome));
    }
}
