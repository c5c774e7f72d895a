using System.Diagnostics;
using ModelMesh.Contracts.Catalog;
using ModelMesh.Contracts.Errors;
using ModelMesh.Registry.Rollouts;
using ModelMesh.ServiceDefaults.Logs;
using ModelMesh.ServiceDefaults.Telemetry;

namespace ModelMesh.Registry.Inference;

/// <summary>
/// One request as this replica's metrics, traces and log lines see it. Its span is <c>infer {model}</c> or <c>embed {model}</c>. Disposing it ends it; where nobody said how it ended, it failed as <c>internal</c>.
/// </summary>
internal sealed class RequestTrace : IDisposable
{
    private readonly string _what;
    private readonly ModelId _id;
    private readonly RequestScope? _log;
    private readonly Activity? _span;
    private string? _outcome;

    /// <param name="what"><c>infer</c> or <c>embed</c>.</param>
    /// <param name="shadow">Whether it is a copy whose answer nobody waits for.</param>
    /// <param name="log">What its log lines say of it; null where nothing is logged for it.</param>
    public RequestTrace(string what, string requestId, ModelId id, bool shadow, RequestScope? log)
    {
        (_what, _id, _log, _span) = (what, id, log, RegistryActivities.Source.StartActivity(what));
        log?.GoesTo(id.Name, id.Version);
        if (Wanted is { } span)
        {
            span.SetTag(MeshTags.RequestId, requestId);
            span.SetTag(MeshTags.Model, id.Name);
            span.SetTag(MeshTags.Version, id.Version);
            span.SetTag(MeshTags.Shadow, shadow ? true : null);
        }
    }

    /// <summary>The span, where all of it is wanted.</summary>
    public Activity? Wanted => _span is { IsAllDataRequested: true } span ? span : null;

    /// <summary>It has a slot.</summary>
    /// <param name="place">Null where the version is in no rollout.</param>
    public void Admitted(ModelVersion model, RolloutPlace? place)
    {
        _log?.ServedBy(model.Name, model.Version, model.Revision);
        if (Wanted is { } span)
        {
            // Registered as of now, so it may name the span.
            span.DisplayName = $"{_what} {model.Name}";
            span.SetTag(MeshTags.Revision, model.Revision);
            span.SetTag(GenAi.Provider, model.BackendType);
            span.SetTag(GenAi.RequestModel, model.Name);
            span.SetTag(MeshTags.RolloutSide, place?.Side);
            span.SetTag(MeshTags.RolloutStep, place?.Step);
        }
    }

    public void Preempted() => Wanted?.AddEvent(new ActivityEvent("preempted"));

    public void Completed() => _outcome = "completed";

    /// <summary>Nobody waits for it any more. An operator's end is <see cref="Failed"/>, as <c>cancelled</c>.</summary>
    public void ClientGone() => _outcome = "client_gone";

    public void Failed(MeshException error)
    {
        var name = ErrorTable.Row(error.Code).Name;
        if (Wanted is { } span)
        {
            span.SetTag(GenAi.ErrorType, name);

            // What is wrong with a request may be told by quoting it, upstreams do.
            span.SetStatus(ActivityStatusCode.Error, error.Code == ErrorCode.InvalidRequest ? null : error.Message);
        }

        _outcome = name;
    }

    public void Dispose()
    {
        if (_outcome is null)
        {
            Failed(new MeshException(ErrorCode.Internal));
        }

        Wanted?.SetTag(MeshTags.Outcome, _outcome);
        InferenceTelemetry.Ended(_id, _outcome!);
        _span?.Dispose();
    }
}
