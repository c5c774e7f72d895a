using ModelMesh.Backends.Sdk;
using ModelMesh.Contracts.Errors;

namespace ModelMesh.Registry.Inference;

/// <summary>
/// Keeps to an upstream's Retry-After: until then this replica refuses the runtime's requests itself. A new revision, which may have another key, has a hold of
/// its own. Lock-free, thread-safe.
/// </summary>
internal sealed class RateLimitHold(TimeProvider time)
{
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(60);
    private long _until;

    /// <summary>How long it still holds; zero when it does not.</summary>
    public TimeSpan Left
    {
        get
        {
            var until = Volatile.Read(ref _until);
            var now = until == 0 ? 0 : time.GetTimestamp();
            return now >= until ? TimeSpan.Zero : time.GetElapsedTime(now, until);
        }
    }

    /// <summary>A call to the backend has failed. The longest wait that was asked for counts.</summary>
    public void Observe(Exception? failure)
    {
        if (failure is not BackendException { Kind: BackendErrorKind.RateLimited, RetryAfter: { } asked } || asked <= TimeSpan.Zero)
        {
            return;
        }

        var wait = asked < Longest ? asked : Longest;
        var until = time.GetTimestamp() + (long)(wait.TotalSeconds * time.TimestampFrequency);
        var before = Volatile.Read(ref _until);
        while (until > before)
        {
            var seen = Interlocked.CompareExchange(ref _until, until, before);
            if (seen == before)
            {
                return;
            }

            before = seen;
        }
    }

    public static MeshException Error(TimeSpan left) => new(ErrorCode.RateLimited, "The model's upstream limits the rate of requests; it asked to wait.") { RetryAfter = left };
}
