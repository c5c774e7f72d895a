namespace ModelMesh.Contracts.Errors;

/// <summary>Every error the mesh can answer with. <see cref="ErrorTable"/> holds each one's names and statuses.</summary>
public enum ErrorCode
{
    InvalidRequest,
    Unauthenticated,
    PermissionDenied,
    ModelNotFound,
    Conflict,
    PreconditionFailed,
    PayloadTooLarge,
    CapacityExceeded,
    RateLimited,
    Cancelled,
    Internal,
    BackendError,
    BackendUnavailable,
    StoreUnavailable,
    Timeout,
}
