using ModelMesh.Backends.Sdk;

namespace ModelMesh.Backends.Wire.Http;

/// <summary>What kind a failure is, by its HTTP status and by the codes in its body; never by its message.</summary>
public static class UpstreamErrorKinds
{
    /// <summary>Whether the upstream refused the request's content by its filter.</summary>
    public static bool IsContentFilter(UpstreamError? error) =>
        error?.Code is "content_filter" or "content_policy_violation" || (error?.Code is null && error?.Type is "content_filter" or "content_policy_violation");

    /// <summary>The kind of an answer with a status that is no success, 300 to 599.</summary>
    public static BackendErrorKind OfStatus(int status, UpstreamError? error = null) => status switch
    {
        < 400 => BackendErrorKind.Upstream,
        401 or 403 => BackendErrorKind.Unauthenticated,
        404 => IsOfSomethingElse(error) ? BackendErrorKind.InvalidRequest : BackendErrorKind.NotFound,
        408 or 504 => BackendErrorKind.Timeout,
        429 => BackendErrorKind.RateLimited,
        503 or 529 => BackendErrorKind.Unavailable,
        // Payment, a path that takes no POST, a generation that failed: nothing of the caller's.
        402 or 405 or 424 => BackendErrorKind.Upstream,
        < 500 => OfCode(error?.Code) == BackendErrorKind.NotFound ? BackendErrorKind.NotFound : BackendErrorKind.InvalidRequest,
        _ => BackendErrorKind.Upstream,
    };

    /// <summary>The kind of an error inside a stream that began with a success.</summary>
    public static BackendErrorKind OfEvent(UpstreamError error) =>
        OfCode(error.Code) ?? (error.Status is { } status ? OfStatus(status, error) : OfCode(error.Type) ?? BackendErrorKind.Upstream);

    // A 404 is of the model unless the body says what else is missing: most servers that lack a model name no code at all.
    private static bool IsOfSomethingElse(UpstreamError? error) =>
        error is not null
        && OfCode(error.Code) != BackendErrorKind.NotFound
        && (error.Parameter is { } parameter ? parameter != "model" : error.Code is { } code && !int.TryParse(code, out _));

    private static BackendErrorKind? OfCode(string? code) => code switch
    {
        "model_not_found" or "model_not_available" or "not_found" or "not_found_error" or "NotFoundError" => BackendErrorKind.NotFound,
        "rate_limit_exceeded" or "rate_limit_error" or "rate_limited" or "too_many_requests" or "insufficient_quota" or "RateLimitError" => BackendErrorKind.RateLimited,
        "overloaded" or "overloaded_error" or "server_overloaded" or "engine_overloaded" or "unavailable_error" or "service_unavailable"
            or "service_unavailable_error" or "ServiceUnavailableError" => BackendErrorKind.Unavailable,
        "invalid_api_key" or "authentication_error" or "permission_error" or "permission_denied" or "unauthorized" or "AuthenticationError" => BackendErrorKind.Unauthenticated,
        "timeout" or "timeout_error" or "request_timeout" or "deadline_exceeded" => BackendErrorKind.Timeout,
        "invalid_request_error" or "invalid_request" or "BadRequestError" or "validation" or "context_length_exceeded" or "exceed_context_size_error"
            or "not_supported_error" or "invalid_prompt" => BackendErrorKind.InvalidRequest,
        _ => null,
    };
}
