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
        RedisServerException or StoreRefusedException => AwayCodes.Contains(Code(exception.Message), StringComparer.Ordinal),
        RedisException or TimeoutException or OperationCanceledException or ObjectDisposedException or IOException => true,
        _ => false,
    };

    /// <summary>Whether it is the store that failed, by being away or by an error that it answered.</summary>
    public static bool IsTheStores(Exception exception) => IsRefusal(exception) || IsAway(exception);

    /// <summary>Whether it is an error that the store answered.</summary>
    public static bool IsRefusal(Exception exception) => exception is RedisServerException or StoreRefusedException;

    public static MeshException Unavailable(Exception? cause = null) => new(ErrorCode.StoreUnavailable, innerException: cause) { RetryAfter = TimeSpan.FromSeconds(1) };

    /// <param name="message">What the store answered.</param>
    public static bool IsNoScript(string message) => string.Equals(Code(message), "NOSCRIPT", StringComparison.Ordinal);

    /// <param name="message">What the store answered.</param>
    public static bool IsWrongPassword(string message) => string.Equals(Code(message), "WRONGPASS", StringComparison.Ordinal);

    private static string Code(string message)
    {
        var space = message.IndexOf(' ', StringComparison.Ordinal);
        return space < 0 ? message : message[..space];
    }
}
