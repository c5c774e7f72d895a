namespace ModelMesh.Backends.Sdk;

/// <summary>What went wrong at a backend, in the terms the mesh acts on.</summary>
public enum BackendErrorKind
{
    /// <summary>A fault of the plugin itself. The caller sees <c>backend_error</c>.</summary>
    Internal,

    /// <summary>The upstream refused the request's content. The caller sees <c>invalid_request</c>.</summary>
    InvalidRequest,

    /// <summary>The upstream refused the mesh's own credentials. The caller sees <c>backend_error</c>: it cannot mend that.</summary>
    Unauthenticated,

    /// <summary>The upstream does not have the model. The caller sees <c>backend_error</c>.</summary>
    NotFound,

    /// <summary>The upstream is limiting the mesh. The caller sees <c>rate_limited</c>, with the upstream's Retry-After.</summary>
    RateLimited,

    /// <summary>Not reachable, starting or overloaded. The caller sees <c>backend_unavailable</c>.</summary>
    Unavailable,

    /// <summary>The upstream took too long. The caller sees <c>timeout</c>.</summary>
    Timeout,

    /// <summary>The upstream broke its protocol: a cut stream or an answer that cannot be read. The caller sees <c>backend_error</c>.</summary>
    Protocol,

    /// <summary>The upstream answered with an error of its own (5xx). The caller sees <c>backend_error</c>.</summary>
    Upstream,
}
