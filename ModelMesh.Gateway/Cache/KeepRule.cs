using ModelMesh.Contracts.V1;
using ModelMesh.Gateway.Routing;

namespace ModelMesh.Gateway.Cache;

/// <summary>Whether an answer may be given to others who ask the same. Pure.</summary>
internal static class KeepRule
{
    /// <summary>
    /// 1. It is complete, each choice for a reason that the request itself brought about.
    /// 2. Nothing of the backend's stream was left out of it.
    /// 3. It is by the version, at the revision, that the request was routed to: one by a fallback is not, nor one that a fallback went on with.
    /// </summary>
    public static bool MayBeKept(Accepted accepted, Completed? completed, ModelRoute route) =>
        // 1
        completed is not null
        && IsOfTheRequest(completed.FinishReason)
        && completed.FinishReasons.All(IsOfTheRequest)

        // 2
        && completed.SkippedChunks == 0

        // 3
        && IsBy(accepted, route)
        && completed.ContinuedBy.All(other => IsBy(other, route));

    private static bool IsBy(Accepted accepted, ModelRoute route) =>
        string.Equals(accepted.Model, route.Model.Name, StringComparison.Ordinal)
        && string.Equals(accepted.Version, route.Model.Version, StringComparison.Ordinal)
        && accepted.Revision == route.Model.Revision;

    private static bool IsOfTheRequest(string finishReason) => finishReason is "stop" or "length" or "tool_calls";
}
