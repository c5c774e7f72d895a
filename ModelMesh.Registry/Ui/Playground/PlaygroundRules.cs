using ModelMesh.Contracts.Errors;

namespace ModelMesh.Registry.Ui.Playground;

/// <summary>What a failure leads to, as at a gateway, whose other instances this is not. Pure.</summary>
internal static class PlaygroundRules
{
    /// <summary>
    /// 1. Something of the answer is there: that is the answer.
    /// 2. This replica cannot serve the version, or the version's upstream failed, is full or has gone: what the plan has next.
    /// 3. Anything else would be the same elsewhere.
    /// </summary>
    public static bool GoesOn(MeshException error, bool hasToken) =>

        // 1.
        !hasToken

        // 2.
        && (error.RetryElsewhere || error.Code is ErrorCode.BackendError or ErrorCode.BackendUnavailable or ErrorCode.Timeout or ErrorCode.CapacityExceeded or ErrorCode.RateLimited or ErrorCode.ModelNotFound);
}
