namespace ModelMesh.Backends.Sdk;

/// <summary>A backend's failure. Its message reaches the caller, so it must hold no secret and no prompt.</summary>
public sealed class BackendException : Exception
{
    /// <summary>Makes a failure of a kind, with a message for the caller.</summary>
    public BackendException(BackendErrorKind kind, string message, Exception? innerException = null)
        : base(message, innerException) => Kind = kind;

    /// <summary>What went wrong.</summary>
    public BackendErrorKind Kind { get; }

    /// <summary>How long the upstream asked to wait before the next try, if it did.</summary>
    public TimeSpan? RetryAfter { get; init; }
}
