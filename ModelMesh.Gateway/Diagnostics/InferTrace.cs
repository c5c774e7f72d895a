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
    private long _read;
    private TimeSpan? _firstToken;

    /// <param name="what"><c>infer</c> or <c>embed</c>.</param>
    public InferTrace(string what, GatewayMetrics metrics, TimeProvider time)
    {
        (_metrics, _time, _began) = (metrics, time, time.GetTimestamp());
        _read = _began;
        _activity = metrics.Activities.StartActivity(what);
        metrics.Began();
    }

    /// <summary><c>ok</c>, <c>client_gone</c> or the name of the error.</summary>
    public string Outcome { get; set; } = "internal";

    public long Tokens { get; set; }

    /// <summary>
    /// What the mesh itself took: from when the request had been read until its first token was there, or its embeddings, less what the backend took
    /// of that. Known from then on; an attempt that failed before counts whole.
    /// </summary>
    public TimeSpan Overhead { get; private set; }

    /// <summary>The request's body is there: how long a client takes to send it is its own.</summary>
    public void Read() => _read = _time.GetTimestamp();

    public void FirstToken(Accepted accepted, TimeSpan backendWait)
    {
        // Where an attempt at a whole answer broke, the next one's counts: a request has one.
        _firstToken = _time.GetElapsedTime(_began);
        _activity?.AddEvent(new ActivityEvent("first_token"));
        Serves(accepted, backendWait);
    }

    public void Serves(Accepted accepted, TimeSpan backendWait)
    {
        // Two machines' clocks measured the two.
        var overhead = _time.GetElapsedTime(_read) - backendWait;
        Overhead = overhead > TimeSpan.Zero ? overhead : TimeSpan.Zero;
        _activity?.SetTag("modelmesh.model", accepted.Model);
        _activity?.SetTag("modelmesh.version", accepted.Version);
        _activity?.SetTag("modelmesh.revision", accepted.Revision);
        _activity?.SetTag("modelmesh.instance", accepted.Instance);
    }

    public void Dispose()
    {
        if (_firstToken is { } firstToken)
        {
            _metrics.FirstToken(firstToken);
        }

        _metrics.Ended(Outcome, Tokens);
        _activity?.SetTag("modelmesh.outcome", Outcome);
        _activity?.SetTag("modelmesh.tokens", Tokens);
        _activity?.SetStatus(Outcome is "ok" or "client_gone" ? ActivityStatusCode.Unset : ActivityStatusCode.Error);
        _activity?.Dispose();
    }
}
