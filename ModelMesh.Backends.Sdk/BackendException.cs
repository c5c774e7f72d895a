namespace ModelMesh.Backends.Sdk;

/// <summary>A backend's failure. Its message reaches the caller, so it must hold no secret and no prompt.</summary>
public sealed class BackendException : Exception
{
    /// <summary>Makes a failure of a kind, with a message for the caller.</summary>
    public BackendException(BackendErrorKind kind, string message, Exception? innerException = null)
        : base(message, innerException) => Kind = kind;

    /// <summary>What went wrong.</summary>
    public BackendErrorKind Kind { get; }

    /// <summary>The request's field at fault, as the caller wrote it (<c>messages[2].content</c>), of an <see cref="BackendErrorKind.InvalidRequest"/>; null when it is not known.</summary>
    public string? Field { get; init; }

    /// <summary>
    /// How long the upstream asked to wait before the next try, if it did. The host passes it on, and after a
    /// <see cref="BackendErrorKind.RateLimited"/> keeps to it: until then it refuses requests without calling the backend.
    /// </summary>
    public TimeSpan? RetryAfter { get; init; }
}
