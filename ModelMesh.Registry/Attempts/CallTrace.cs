using System.Diagnostics;
using System.Diagnostics.Metrics;
using ModelMesh.Contracts.Catalog;
using ModelMesh.Registry.Inference;
using ModelMesh.ServiceDefaults.Telemetry;

namespace ModelMesh.Registry.Attempts;

/// <summary>
/// One call of a backend as metrics and traces see it, whether it leads to HTTP or not. Its span is <c>call {type}</c>. The metrics are the conventions' of a client, which the registry is to upstreams.
/// </summary>
internal sealed class CallTrace
{
    private static readonly Meter Meter = new(InferenceTelemetry.Name);

    private static readonly Histogram<double> Duration = Meter.CreateHistogram(
        "gen_ai.client.operation.duration", "s", "One call of a backend, to its end", advice: Buckets.Operation);

    private static readonly Histogram<double> FirstChunk = Meter.CreateHistogram(
        "gen_ai.client.operation.time_to_first_chunk", "s", "From a call of a backend to the first token of its stream", advice: Buckets.Operation);

    private readonly ModelVersion _model;
    private readonly string _operation;
    private readonly TimeProvider _time;
    private readonly long _began;
    private readonly Activity? _span;

    private CallTrace(ModelVersion model, string operation, TimeProvider time, Activity? span) =>
        (_model, _operation, _time, _began, _span) = (model, operation, time, time.GetTimestamp(), span);

    /// <summary>Begins it. What is called from here on in the same method is below its span.</summary>
    /// <param name="endpoint">Its address as operators see it; null for the type's own.</param>
    /// <param name="number">Which of the request's calls, from 1.</param>
    /// <param name="reason">What the one before failed of; null where there was none.</param>
    public static CallTrace Begin(ModelVersion model, string operation, string? endpoint, int number, string? reason, TimeProvider time)
    {
        var span = RegistryActivities.Source.StartActivity("call", ActivityKind.Client);
        if (span is { IsAllDataRequested: true })
        {
            span.DisplayName = $"call {model.BackendType}";
            span.SetTag(MeshTags.BackendType, model.BackendType);
            span.SetTag(MeshTags.Model, model.Name);
            span.SetTag(MeshTags.Version, model.Version);
            span.SetTag(MeshTags.Revision, model.Revision);
            span.SetTag(MeshTags.Endpoint, endpoint);
            span.SetTag(MeshTags.AttemptNumber, number);
            span.SetTag(MeshTags.AttemptReason, reason);
        }

        return new CallTrace(model, operation, time, span);
    }

    public void FirstToken(TimeSpan after)
    {
        if (_span is { IsAllDataRequested: true })
        {
            _span.AddEvent(new ActivityEvent(MeshTags.FirstToken));
        }

        FirstChunk.Record(after.TotalSeconds, Tags());
    }

    /// <param name="error">A name of what it failed of; null where it did not.</param>
    /// <param name="isCancelled">Whether it was ended from this side, for no fault of its own.</param>
    public void Ended(string? error, bool isCancelled)
    {
        var tags = Tags();
        if (error is not null)
        {
            tags.Add(GenAi.ErrorType, error);
        }

        Duration.Record(_time.GetElapsedTime(_began).TotalSeconds, tags);
        if (_span is { IsAllDataRequested: true })
        {
            _span.SetTag(MeshTags.Outcome, isCancelled ? "cancelled" : error is null ? "answered" : "failed");
            if (error is not null)
            {
                _span.SetTag(GenAi.ErrorType, error);
                _span.SetStatus(ActivityStatusCode.Error);
            }
        }

        _span?.Dispose();
    }

    private TagList Tags() => new()
    {
        { GenAi.Operation, _operation },
        { GenAi.Provider, _model.BackendType },
        { GenAi.RequestModel, _model.Name },
        { MeshTags.Version, _model.Version },
    };
}
