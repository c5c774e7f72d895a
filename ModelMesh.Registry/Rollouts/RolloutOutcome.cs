using ModelMesh.Contracts.Errors;

namespace ModelMesh.Registry.Rollouts;

/// <summary>What the end of a request says of the version that it was for.</summary>
internal static class RolloutOutcome
{
    /// <summary>Whether a request counts, and whether as failed; null when it says nothing.</summary>
    /// <param name="failure">What its caller was told; null for an answer in full. One whose caller went is not asked about.</param>
    /// <param name="isStopping">Whether this replica is shutting down, which ends its streams.</param>
    public static bool? Failed(MeshException? failure, bool isStopping) => failure?.Code switch
    {
        null => false,

        // The caller's fault, the mesh's limit, its store or its operator: any version would have fared the same.
        ErrorCode.InvalidRequest or ErrorCode.Unauthenticated or ErrorCode.PermissionDenied or ErrorCode.ModelNotFound or ErrorCode.Conflict or ErrorCode.PreconditionFailed
            or ErrorCode.PayloadTooLarge or ErrorCode.CapacityExceeded or ErrorCode.StoreUnavailable or ErrorCode.Cancelled => null,
        ErrorCode.BackendUnavailable when isStopping => null,
        _ => true,
    };
}
