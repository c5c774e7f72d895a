using System.Diagnostics;
using ModelMesh.Contracts.V1;

namespace ModelMesh.Gateway.Diagnostics;

/// <summary>One request as metrics and traces see it: begun when it is made, ended when it is disposed.</summary>
internal sealed class InferTrace : IDisposable
{
    private readonly GatewayMetrics _metrics;
    private readonly TimeProvider _time;
    private readonly Activity? _activity;
    private readonly long _began;

    /// <param name="what"><c>infer</c> or <c>embed</c>.</param>
    public InferTrace(string what, GatewayMetrics metrics, TimeProvider time)
    {
        (_metrics, _time, _began) = (metrics, time, time.GetTimestamp());
        _activity = metrics.Activities.StartActivity(what);
        metrics.Began();
    }

    /// <summary><c>ok</c>, <c>client_gone</c> or the name of the error.</summary>
    public string Outcome { get; set; } = "internal";

    public long Tokens { get; set; }

    public void FirstToken(Accepted accepted)
    {
        _metrics.FirstToken(_time.GetElapsedTime(_began));
        _activity?.AddEvent(new ActivityEvent("first_token"));
        Serves(accepted);
    }

    public void Serves(Accepted accepted)
    {
        _activity?.SetTag("modelmesh.model", accepted.Model);
        _activity?.SetTag("modelmesh.version", accepted.Version);
        _activity?.SetTag("modelmesh.revision", accepted.Revision);
        _activity?.SetTag("modelmesh.instance", accepted.Instance);
    }

    public void Dispose()
    {
        _metrics.Ended(Outcome, Tokens);
        _activity?.SetTag("modelmesh.outcome", Outcome);
        _activity?.SetTag("modelmesh.tokens", Tokens);
        _activity?.SetStatus(Outcome is "ok" or "client_gone" ? ActivityStatusCode.Unset : ActivityStatusCode.Error);
        _activity?.Dispose();
    }
}
