using System.Collections.Frozen;
using Grpc.Core;

namespace ModelMesh.Contracts.Errors;

/// <summary>One row of <see cref="ErrorTable"/>.</summary>
/// <param name="Code">The error.</param>
/// <param name="Name">Its name in JSON bodies and gRPC trailers.</param>
/// <param name="Type">Who failed: <c>client_error</c>, <c>limit_error</c>, <c>mesh_error</c>, <c>backend_error</c> or <c>store_error</c>.</param>
/// <param name="HttpStatus">HTTP status before the first token.</param>
/// <param name="GrpcStatus">gRPC status between gateway and registry.</param>
/// <param name="Title">What a person reads when no better message is known.</param>
public sealed record ErrorRow(ErrorCode Code, string Name, string Type, int HttpStatus, StatusCode GrpcStatus, string Title);

/// <summary>The one place that maps an error to its names and statuses.</summary>
public static class ErrorTable
{
    private static readonly ErrorRow[] Rows =
    [
        new(ErrorCode.InvalidRequest, "invalid_request", "client_error", 400, StatusCode.InvalidArgument, "The request is not valid."),
        new(ErrorCode.Unauthenticated, "unauthenticated", "client_error", 401, StatusCode.Unauthenticated, "The request carries no valid credentials."),
        new(ErrorCode.PermissionDenied, "permission_denied", "client_error", 403, StatusCode.PermissionDenied, "The caller may not do this."),
        new(ErrorCode.ModelNotFound, "model_not_found", "client_error", 404, StatusCode.NotFound, "No such model is registered."),
        new(ErrorCode.Conflict, "conflict", "client_error", 409, StatusCode.AlreadyExists, "The request conflicts with the present state."),
        new(ErrorCode.PreconditionFailed, "precondition_failed", "client_error", 412, StatusCode.FailedPrecondition, "The revision is not the current one."),
        new(ErrorCode.PayloadTooLarge, "payload_too_large", "client_error", 413, StatusCode.OutOfRange, "The request body is too large."),
        new(ErrorCode.CapacityExceeded, "capacity_exceeded", "limit_error", 429, StatusCode.ResourceExhausted, "The model is at its concurrency limit."),
        new(ErrorCode.RateLimited, "rate_limited", "limit_error", 429, StatusCode.ResourceExhausted, "Too many requests."),
        new(ErrorCode.Cancelled, "cancelled", "mesh_error", 499, StatusCode.Cancelled, "An operator ended this request."),
        new(ErrorCode.Internal, "internal", "mesh_error", 500, StatusCode.Internal, "The mesh failed to handle the request."),
        new(ErrorCode.BackendError, "backend_error", "backend_error", 502, StatusCode.Aborted, "The model's backend answered with an error."),
        new(ErrorCode.BackendUnavailable, "backend_unavailable", "backend_error", 503, StatusCode.Unavailable, "The model's backend is unavailable."),
        new(ErrorCode.StoreUnavailable, "store_unavailable", "store_error", 503, StatusCode.Unavailable, "The store is unavailable."),
        new(ErrorCode.Timeout, "timeout", "backend_error", 504, StatusCode.DeadlineExceeded, "The model's backend did not answer in time."),
    ];

    private static readonly FrozenDictionary<string, ErrorRow> ByName = Rows.ToFrozenDictionary(row => row.Name, StringComparer.Ordinal);

    public static IReadOnlyList<ErrorRow> All => Rows;

    public static ErrorRow Row(ErrorCode code) => Rows[(int)code];

    public static ErrorRow? Find(string name) => ByName.GetValueOrDefault(name);
}
