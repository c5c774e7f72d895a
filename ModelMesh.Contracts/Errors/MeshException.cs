namespace ModelMesh.Contracts.Errors;

/// <summary>A failure that a caller is to see, with the code that decides its HTTP and gRPC status.</summary>
public sealed class MeshException : Exception
{
    public MeshException(ErrorCode code, string? message = null, Exception? innerException = null)
        : base(message ?? ErrorTable.Row(code).Title, innerException) => Code = code;

    public ErrorCode Code { get; }

    /// <summary>How long a caller should wait before it tries again; sent as Retry-After and <c>retry_after_ms</c>.</summary>
    public TimeSpan? RetryAfter { get; init; }

    /// <summary>
    /// True when only the answering replica cannot serve this (it is stopping, or lacks the plugin): a gateway may ask another one,
    /// as long as no token has reached its client.
    /// </summary>
    public bool RetryElsewhere { get; init; }

    /// <summary>One entry a fault: which field, and what is wrong with it.</summary>
    public IReadOnlyList<ErrorDetail> Details { get; init; } = [];

    /// <summary>An <c>invalid_request</c> that lists every fault, not only the first.</summary>
    public static MeshException Invalid(IReadOnlyList<ErrorDetail> faults) =>
        new(ErrorCode.InvalidRequest, string.Join("; ", faults.Select(f => f.Field.Length == 0 ? f.Message : $"{f.Field}: {f.Message}"))) { Details = faults };

    public static MeshException Invalid(string field, string message) => Invalid([new ErrorDetail(field, message)]);
}
