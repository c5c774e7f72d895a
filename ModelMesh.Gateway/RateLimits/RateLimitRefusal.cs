using System.Globalization;
using ModelMesh.Contracts.Errors;

namespace ModelMesh.Gateway.RateLimits;

/// <summary>What a client is told that has used up a limit. Pure.</summary>
internal static class RateLimitRefusal
{
    /// <summary>The bucket that takes longest to hold something again.</summary>
    public static BucketState ReasonOf(IEnumerable<BucketState> states) => states.MaxBy(state => state.UntilOne);

    public static MeshException For(BucketState reason) => new(ErrorCode.RateLimited, Message(reason)) { RetryAfter = reason.UntilOne };

    private static string Message(BucketState reason)
    {
        var (limit, kind, caller) = reason.Bucket;
        var model = limit.Model is { } name ? $" for the model '{name}'" : "";
        var who = caller switch
        {
            null when limit.Caller is { } named => $" from the caller '{named}'",
            null => "",
            "" => " from callers without a registered key",
            _ => $" from the caller '{caller}'",
        };
        return string.Create(CultureInfo.InvariantCulture, $"The rate limit '{limit.Name}' is used up: {reason.Bucket.PerMinute} {(kind == BucketKind.Requests ? "request" : "token")}{(reason.Bucket.PerMinute == 1 ? "" : "s")} a minute{model}{who}. Try again in {ResetText.Of(reason.UntilOne)}.");
    }
}
