using System.Diagnostics;
using ModelMesh.Contracts.Errors;
using ModelMesh.Contracts.V1;
using ModelMesh.Gateway.Chat;
using ModelMesh.Gateway.Routing;
using ModelMesh.Gateway.Traffic;
using ModelMesh.ServiceDefaults.Logs;
using ModelMesh.ServiceDefaults.Telemetry;

namespace ModelMesh.Gateway.Diagnostics;

/// <summary>One request as metrics, traces and log lines see it: begun when it is made, ended when it is disposed. Used by one request, one step at a time.</summary>
/// <param name="api">Its API's name in traces, as <c>infer</c>.</param>
/// <param name="log">What its log lines say of it; null where nothing is logged for it.</param>
internal sealed class InferTrace(string api, GatewayMetrics metrics, TimeProvider time, RequestScope? log = null) : IDisposable
{
    private readonly long _began = time.GetTimestamp();
    private long _read = time.GetTimestamp();
    private string _operation = GenAi.Chat;
    private Activity? _span;
    private RoutePlan? _plan;
    private Accepted? _accepted;
    private StageHeaders? _way;
    private TimeSpan? _firstToken;
    private Usage? _usage;
    private bool _hasParts;

    /// <summary>One of <see cref="RequestOutcomes"/> or the name of the error.</summary>
    public string Outcome { get; set; } = ErrorTable.Row(ErrorCode.Internal).Name;

    /// <summary>How many pieces of the answer were sent, which count as its tokens where nobody counted.</summary>
    public long Pieces { get; set; }

    /// <summary>
    /// What the mesh itself took: from when the request had been read until its first token was there, or its embeddings, less what the backend took
    /// of that. Known from then on; an attempt that failed before counts whole.
    /// </summary>
    public TimeSpan Overhead { get; private set; }

    /// <summary>The request's body is there: how long a client takes to send it is its own.</summary>
    public void Read() => _read = time.GetTimestamp();

    /// <summary>The call is several requests, each of which has a trace of its own. This one counts nothing.</summary>
    public void HasParts() => _hasParts = true;

    /// <summary>What is asked for. From here on the request has a span, where anybody wants it; what it calls is below that.</summary>
    public void Asks(ModelRequest request, CallTraits traits, string requestId, bool stream)
    {
        _operation = OperationNames.Of(api, request);
        _span = RequestSpan.Start(_operation, api, request.Model, stream);
        if (Wanted is { } span)
        {
            RequestSpan.Asks(span, requestId, traits.Caller);
            if (request is ChatRequest chat)
            {
                SamplingTags.Set(span, chat.Options, chat.ResponseFormat);
            }
        }
    }

    /// <summary>Where it goes, and what the way there will tell.</summary>
    public void Routed(RoutePlan plan, StageHeaders way)
    {
        (_plan, _way) = (plan, way);
        var first = plan.First.Model;
        metrics.Routed(first.Name);
        log?.GoesTo(first.Name, first.Version);
        if (Wanted is { } span)
        {
            RequestSpan.Routed(span, _operation, first);
        }
    }

    public void FirstToken(Accepted accepted, TimeSpan backendWait)
    {
        // Where an attempt at a whole answer broke, the next one's counts: a request has one.
        _firstToken = time.GetElapsedTime(_began);
        Serves(accepted, backendWait);
        if (Wanted is { } span)
        {
            RequestSpan.FirstToken(span, _firstToken.Value);
        }
    }

    public void Serves(Accepted accepted, TimeSpan backendWait)
    {
        // Two machines' clocks measured the two.
        var overhead = time.GetElapsedTime(_read) - backendWait;
        (_accepted, Overhead) = (accepted, overhead > TimeSpan.Zero ? overhead : TimeSpan.Zero);
        log?.ServedBy(accepted.Model, accepted.Version, accepted.Revision);
        if (Wanted is { } span)
        {
            RequestSpan.Serves(span, accepted, Provider, Overhead);
        }
    }

    /// <summary>The answer is complete.</summary>
    public void Completes(Completed completed)
    {
        Used(completed.Usage);
        if (Wanted is { } span)
        {
            RequestSpan.Completed(span, completed);
        }
    }

    public void Used(Usage? usage)
    {
        _usage = usage;
        if (usage is not null && Wanted is { } span)
        {
            RequestSpan.Used(span, usage);
        }
    }

    /// <summary>What measures the gaps between the answer's tokens.</summary>
    public TokenGap Gaps(Accepted accepted) => new(metrics, accepted.Model, accepted.Version, time);

    public void Dispose()
    {
        var error = ErrorTable.Find(Outcome);
        if (_plan is { } plan)
        {
            metrics.Left(plan.First.Model.Name);
        }

        if (!_hasParts)
        {
            metrics.Ended(Facts(error));
        }

        if (Wanted is { } span)
        {
            RequestSpan.Ended(span, Outcome, error, _way);
        }

        _span?.Dispose();
    }

    private Activity? Wanted => _span is { IsAllDataRequested: true } span ? span : null;

    private string Provider => (RouteOf(_accepted) ?? _plan?.First)?.Model.BackendType ?? "";

    private ModelRoute? RouteOf(Accepted? accepted) => accepted is null ? null : _plan?.Routes.FirstOrDefault(
        route => route.Model.Name == accepted.Model && route.Model.Version == accepted.Version);

    private RequestFacts Facts(ErrorRow? error) => new(_operation, Outcome, time.GetElapsedTime(_began))
    {
        Model = _accepted?.Model ?? _plan?.First.Model.Name ?? "",
        Version = _accepted?.Version ?? _plan?.First.Model.Version ?? "",
        Provider = Provider,
        FirstToken = _firstToken,
        Overhead = _accepted is null ? null : Overhead,
        InputTokens = _usage?.InputTokens ?? 0,
        OutputTokens = _usage?.OutputTokens ?? Pieces,
        Error = error,
    };
}
