using System.Diagnostics;
using ModelMesh.Contracts.Catalog;
using ModelMesh.Contracts.Errors;
using ModelMesh.Gateway.Registry.Failover;
using ModelMesh.ServiceDefaults.Telemetry;

namespace ModelMesh.Gateway.Diagnostics;

/// <summary>The span of one call to a registry instance, from when it is sent to its end: <c>attempt</c>. Disposing it ends it, once.</summary>
internal sealed class AttemptSpan : IDisposable
{
    private readonly Activity _activity;

    // Where nobody says otherwise.
    private string _outcome = "cancelled";

    private AttemptSpan(Activity activity) => _activity = activity;

    /// <summary>Null where nobody listens. What is called from here on in the same method is below it.</summary>
    /// <param name="number">Which of the request's attempts, from 1.</param>
    public static AttemptSpan? Start(string instance, ModelVersion model, AttemptCause cause, int number)
    {
        if (GatewayActivities.Source.StartActivity("attempt") is not { } activity)
        {
            return null;
        }

        if (activity.IsAllDataRequested)
        {
            activity.SetTag(MeshTags.Model, model.Name);
            activity.SetTag(MeshTags.Version, model.Version);
            activity.SetTag(MeshTags.Instance, instance);
            activity.SetTag(MeshTags.AttemptNumber, number);
            activity.SetTag(MeshTags.AttemptKind, cause.Kind);
            activity.SetTag(MeshTags.AttemptReason, cause.Reason is { } reason ? ErrorTable.Row(reason).Name : null);
            activity.SetTag(MeshTags.Shadow, cause == AttemptCause.Shadow ? true : null);
        }

        return new AttemptSpan(activity);
    }

    public void Queued(int position)
    {
        if (_activity.IsAllDataRequested)
        {
            _activity.AddEvent(new ActivityEvent("queued", tags: new ActivityTagsCollection { { "modelmesh.queue.position", position } }));
        }
    }

    public void FirstToken()
    {
        if (_activity.IsAllDataRequested)
        {
            _activity.AddEvent(new ActivityEvent(MeshTags.FirstToken));
        }
    }

    public void Succeeded() => _outcome = RequestOutcomes.Ok;

    public void Failed(ErrorCode code)
    {
        _outcome = ErrorTable.Row(code).Name;
        if (_activity.IsAllDataRequested)
        {
            _activity.SetTag(GenAi.ErrorType, _outcome);
            _activity.SetStatus(ActivityStatusCode.Error);
        }
    }

    public void Dispose()
    {
        if (_activity.IsAllDataRequested)
        {
            _activity.SetTag(MeshTags.Outcome, _outcome);
        }

        _activity.Dispose();
    }
}
