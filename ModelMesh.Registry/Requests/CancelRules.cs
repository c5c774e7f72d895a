using ModelMesh.Contracts.Errors;

namespace ModelMesh.Registry.Requests;

/// <summary>What an operator who ends a request is told. Pure.</summary>
internal static class CancelRules
{
    /// <summary>
    /// 1. Something was told to end: that is the answer, with the replicas that did not answer beside it.
    /// 2. Nothing was, and a replica did not answer: whether it has the request is not known.
    /// 3. Nothing was, and all answered: there is no such request.
    /// </summary>
    /// <exception cref="MeshException"><c>backend_unavailable</c> (2) or <c>model_not_found</c> (3).</exception>
    public static CancelOutcome Answer(CancelOutcome outcome, string id, string? instance) => outcome switch
    {
        // 1.
        { Cancelled.Count: > 0 } => outcome,

        // 2.
        { Unreachable: { Count: > 0 } unreachable } => throw new MeshException(
            ErrorCode.BackendUnavailable, $"No replica that answered handles request '{id}'. These did not answer in time: {string.Join(", ", unreachable)}.") { RetryAfter = TimeSpan.FromSeconds(1) },

        // 3.
        _ => throw new MeshException(ErrorCode.ModelNotFound, instance is null ? $"No replica handles request '{id}'." : $"Replica '{instance}' does not handle request '{id}', or is not there."),
    };
}
