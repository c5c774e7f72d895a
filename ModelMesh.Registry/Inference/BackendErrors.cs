using ModelMesh.Backends.Sdk;
using ModelMesh.Contracts.Errors;

namespace ModelMesh.Registry.Inference;

/// <summary>The one place that turns a backend's failure into an error of the mesh.</summary>
internal static class BackendErrors
{
    // A caller is always told when to come back, also where the upstream did not say.
    private static readonly TimeSpan RateLimitedRetryAfter = TimeSpan.FromSeconds(1);

    // Whatever a plugin made of its upstream's answer: the longest time span there is cannot be sent over the wire and read again.
    private static readonly TimeSpan LongestRetryAfter = TimeSpan.FromDays(1);

    public static ErrorCode CodeOf(BackendErrorKind kind) => kind switch
    {
        BackendErrorKind.Internal => ErrorCode.BackendError,
        BackendErrorKind.InvalidRequest => ErrorCode.InvalidRequest,
        // The caller's own credentials were fine, and the model is registered: the fault is in how the mesh reaches the upstream.
        BackendErrorKind.Unauthenticated => ErrorCode.BackendError,
        BackendErrorKind.NotFound => ErrorCode.BackendError,
        BackendErrorKind.RateLimited => ErrorCode.RateLimited,
        BackendErrorKind.Unavailable => ErrorCode.BackendUnavailable,
        BackendErrorKind.Timeout => ErrorCode.Timeout,
        BackendErrorKind.Protocol => ErrorCode.BackendError,
        BackendErrorKind.Upstream => ErrorCode.BackendError,
        _ => ErrorCode.BackendError,
    };

    /// <summary>Only a <see cref="BackendException"/> vouches for its message; any other may hold a secret or a prompt, so it is not passed on.</summary>
    public static MeshException From(Exception exception) => exception switch
    {
        BackendException { Kind: BackendErrorKind.InvalidRequest, Field: { } field } backend => MeshException.Invalid(field, FaultOf(backend.Message, field)),
        BackendException backend => new MeshException(CodeOf(backend.Kind), backend.Message) { RetryAfter = WaitOf(backend) },
        TimeoutException or OperationCanceledException { InnerException: TimeoutException } => new MeshException(ErrorCode.Timeout),
        _ => new MeshException(ErrorCode.BackendError, "The model's backend failed."),
    };

    /// <summary>What a failure is called in the log: its kind, or the type of what a backend should not have thrown.</summary>
    public static string NameOf(Exception exception) => exception is BackendException backend ? backend.Kind.ToString() : exception.GetType().Name;

    /// <summary>Why, fit for the log. What is wrong with a request is told by quoting it more often than not, and is the caller's to read: here only where it is.</summary>
    public static string ReasonOf(MeshException error) =>
        error.Code == ErrorCode.InvalidRequest ? $"refused for {(error.Details.Count == 0 ? "what it asks" : string.Join(", ", error.Details.Select(detail => detail.Field)))}" : error.Message;

    // Backends begin their sentence with the field. The mesh puts it before the sentence, by the name that the client knows it by.
    private static string FaultOf(string message, string field) => message.StartsWith($"{field} ", StringComparison.Ordinal) ? message[(field.Length + 1)..] : message;

    private static TimeSpan? WaitOf(BackendException exception) => exception switch
    {
        { RetryAfter: { } asked } => asked < TimeSpan.Zero ? TimeSpan.Zero : asked > LongestRetryAfter ? LongestRetryAfter : asked,
        { Kind: BackendErrorKind.RateLimited } => RateLimitedRetryAfter,
        _ => null,
    };
}
