using StackExchange.Redis;

namespace ModelMesh.ServiceDefaults.Store;

/// <summary>A time during which the store answers. When it ends, all that waits on it fails at once.</summary>
#pragma warning disable CA1001 // Waiters may still hold the source's token when the session ends, and without a timer it owns nothing.
internal sealed class StoreSession(IDatabase database)
#pragma warning restore CA1001
{
    private readonly CancellationTokenSource _ended = new();

    public IDatabase Database { get; } = database;

    public CancellationToken Ended => _ended.Token;

    public bool IsOver => _ended.IsCancellationRequested;

    public void End() => _ = _ended.CancelAsync();
}
