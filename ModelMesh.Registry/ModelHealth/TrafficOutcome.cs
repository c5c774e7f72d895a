using ModelMesh.Backends.Sdk;
using ModelMesh.Contracts.Errors;
using ModelMesh.Registry.Inference;
using ModelMesh.Registry.Secrets;

namespace ModelMesh.Registry.ModelHealth;

/// <summary>What a call to a backend says of its upstream.</summary>
internal enum TrafficResult
{
    /// <summary>Nothing: the caller went, the mesh ended it, or the request itself was refused.</summary>
    Nothing,

    /// <summary>It was answered in full.</summary>
    Answered,

    /// <summary>It failed, as a single call may.</summary>
    Failed,

    /// <summary>It failed because there is nobody to answer, or nobody yet.</summary>
    Unreachable,

    /// <summary>It failed as every other call will: the upstream does not know the model or the key.</summary>
    Refused,
}

/// <param name="Result">What it says.</param>
/// <param name="Error">What went wrong, for an operator to read.</param>
internal readonly record struct TrafficOutcome(TrafficResult Result, string? Error = null)
{
    /// <summary>
    /// 1. the backend kept the mesh waiting too long: failed; 2. the mesh ended it for another reason, or the caller went: nothing; 3. no failure: answered;
    /// 4. by the failure's kind.
    /// </summary>
    /// <param name="failure">What the call threw; null when it ended in good order.</param>
    /// <param name="stopReason">Why the mesh ended it, if it did.</param>
    /// <param name="callerGone">Whether nobody waited for it any more.</param>
    public static TrafficOutcome Of(Exception? failure, MeshException? stopReason, bool callerGone)
    {
        // 1.
        if (stopReason is { Code: ErrorCode.Timeout })
        {
            return new TrafficOutcome(TrafficResult.Failed, stopReason.Message);
        }

        // 2.
        if (stopReason is not null || callerGone || failure is ReaderGoneException)
        {
            return default;
        }

        // 3. and 4.
        return failure switch
        {
            null => new TrafficOutcome(TrafficResult.Answered),
            BackendException backend => new TrafficOutcome(ResultOf(backend.Kind), backend.Message),
            TimeoutException or OperationCanceledException { InnerException: TimeoutException } => new TrafficOutcome(TrafficResult.Failed, "The upstream took too long."),
            // Any other message may hold a secret or a prompt.
            _ => new TrafficOutcome(TrafficResult.Failed, $"The model's backend threw {failure.GetType().Name}."),
        };
    }

    /// <summary>The same, fit to be stored and shown.</summary>
    public TrafficOutcome Shown(KnownSecrets secrets) => Error is null ? this : this with { Error = HealthText.Shown(Error, secrets) };

    private static TrafficResult ResultOf(BackendErrorKind kind) => kind switch
    {
        BackendErrorKind.InvalidRequest or BackendErrorKind.RateLimited => TrafficResult.Nothing,
        BackendErrorKind.Unavailable => TrafficResult.Unreachable,
        BackendErrorKind.Unauthenticated or BackendErrorKind.NotFound => TrafficResult.Refused,
        _ => TrafficResult.Failed,
    };
}
