using System.Diagnostics;
using ModelMesh.Contracts.Catalog;
using ModelMesh.Contracts.Errors;
using ModelMesh.Contracts.V1;
using ModelMesh.Gateway.Traffic;
using ModelMesh.ServiceDefaults.Telemetry;

namespace ModelMesh.Gateway.Diagnostics;

/// <summary>
/// The span of one request for an answer or embeddings, by the GenAI conventions: <c>chat {model}</c>. It is the only span that says what was used, so that nothing is summed up twice. Its
/// callers ask first whether all of it is wanted.
/// </summary>
internal static class RequestSpan
{
    // A name of the catalog has no more. What a client calls a model may be anything.
    private const int LongestModel = 200;

    /// <summary>Null where nobody listens, or the trace is not sampled and there is nothing to pass on.</summary>
    /// <param name="model">As the client named it; empty where it named none.</param>
    public static Activity? Start(string operation, string api, string model, bool stream)
    {
        var source = GatewayActivities.Source;
        if (!source.HasListeners())
        {
            return null;
        }

        // What a sampler may decide by has to be there from the beginning.
        var tags = new ActivityTagsCollection { { GenAi.Operation, operation }, { MeshTags.Api, api } };
        if (model.Length > 0)
        {
            tags[GenAi.RequestModel] = model.Length > LongestModel ? model[..LongestModel] : model;
        }

        if (stream)
        {
            tags[GenAi.RequestStream] = true;
        }

        return source.StartActivity(operation, ActivityKind.Client, parentContext: default, tags);
    }

    public static void Asks(Activity span, string requestId, string? caller)
    {
        span.SetTag(MeshTags.RequestId, requestId);
        span.SetTag(GenAi.ResponseId, requestId);
        span.SetTag(MeshTags.Caller, caller);
    }

    public static void Routed(Activity span, string operation, ModelVersion first)
    {
        span.DisplayName = $"{operation} {first.Name}";
        span.SetTag(GenAi.Provider, first.BackendType);
        span.SetTag(MeshTags.Model, first.Name);
        span.SetTag(MeshTags.Version, first.Version);
    }

    public static void Serves(Activity span, Accepted accepted, string provider, TimeSpan overhead)
    {
        span.SetTag(GenAi.Provider, provider);
        span.SetTag(GenAi.ResponseModel, accepted.Model);
        span.SetTag(MeshTags.Model, accepted.Model);
        span.SetTag(MeshTags.Version, accepted.Version);
        span.SetTag(MeshTags.Revision, accepted.Revision);
        span.SetTag(MeshTags.Instance, accepted.Instance);
        span.SetTag(MeshTags.Overhead, overhead.TotalSeconds);
    }

    /// <param name="after">From the request's arrival.</param>
    public static void FirstToken(Activity span, TimeSpan after)
    {
        span.AddEvent(new ActivityEvent(MeshTags.FirstToken));
        span.SetTag(GenAi.TimeToFirstChunk, after.TotalSeconds);
    }

    public static void Completed(Activity span, Completed completed) =>
        span.SetTag(GenAi.FinishReasons, completed.FinishReasons.Count > 0 ? completed.FinishReasons.ToArray() : [completed.FinishReason]);

    public static void Used(Activity span, Usage usage)
    {
        // What was not counted is not told.
        span.SetTag(GenAi.InputTokens, usage.Estimated ? null : usage.InputTokens);
        span.SetTag(GenAi.OutputTokens, usage.OutputTokens);
        span.SetTag(GenAi.CachedInputTokens, usage.HasCachedInputTokens ? usage.CachedInputTokens : null);
        span.SetTag(GenAi.ReasoningTokens, usage.HasReasoningTokens ? usage.ReasoningTokens : null);
    }

    /// <param name="way">What stages and attempts told of the way to the answer, for headers.</param>
    /// <param name="error">Null where it did not fail. A client that goes is no failure.</param>
    public static void Ended(Activity span, string outcome, ErrorRow? error, StageHeaders? way)
    {
        span.SetTag(MeshTags.Outcome, outcome);
        if (way is not null)
        {
            span.SetTag(MeshTags.Attempts, AnswerHeaders.AttemptsOf(way));
            span.SetTag(MeshTags.Fallback, AnswerHeaders.IsFallback(way) ? true : null);
            span.SetTag(MeshTags.Cache, way[CallHeaders.Cache] is { Count: > 0 } cache ? cache.ToString() : null);
        }

        if (error is not null)
        {
            span.SetTag(GenAi.ErrorType, error.Name);
            span.SetStatus(ActivityStatusCode.Error);
        }
    }
}
