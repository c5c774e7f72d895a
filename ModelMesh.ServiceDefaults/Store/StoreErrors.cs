using ModelMesh.Contracts.Errors;
using StackExchange.Redis;

namespace ModelMesh.ServiceDefaults.Store;

/// <summary>Which failures mean that the store is away, as against a fault of ours.</summary>
internal static class StoreErrors
{
    // The first word of a Redis error is its code, part of the protocol.
    private static readonly string[] AwayCodes = ["LOADING", "BUSY", "MASTERDOWN", "CLUSTERDOWN", "TRYAGAIN", "READONLY", "MISCONF", "OOM", "NOREPLICAS"];

    public static bool IsAway(Exception exception) => exception switch
    {
        RedisServerException server => AwayCodes.Contains(Code(server), StringComparer.Ordinal),
        RedisException or TimeoutException or OperationCanceledException or ObjectDisposedException or IOException => true,
        _ => false,
    };

    public static MeshException Unavailable(Exception? cause = null) => new(ErrorCode.StoreUnavailable, innerException: cause) { RetryAfter = TimeSpan.FromSeconds(1) };

    public static bool IsNoScript(RedisServerException exception) => string.Equals(Code(exception), "NOSCRIPT", StringComparison.Ordinal);

    private static string Code(RedisServerException exception)
    {
        var space = exception.Message.IndexOf(' ', StringComparison.Ordinal);
        return space < 0 ? exception.Message : exception.Message[..space];
    }
}
